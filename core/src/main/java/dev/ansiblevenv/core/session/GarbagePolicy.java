package dev.ansiblevenv.core.session;

import java.time.Duration;

/// What may go.
///
/// @param keepRuns so many finished runs stay, the newest
/// @param grace nothing younger than this goes, so that what is just being put to use is safe
public record GarbagePolicy(int keepRuns, Duration grace) {

  public static final GarbagePolicy DEFAULT = new GarbagePolicy(50, Duration.ofHours(1));
}
