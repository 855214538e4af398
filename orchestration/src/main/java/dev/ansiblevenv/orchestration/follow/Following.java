package dev.ansiblevenv.orchestration.follow;

/// How a run is followed.
///
/// @param detach leave it as soon as it has started
/// @param jobEvents tell its events, too
/// @param answers whether what the run asks while it goes on is answered
public record Following(boolean detach, boolean jobEvents, boolean answers) {

  public Following(boolean detach, boolean jobEvents) {
    this(detach, jobEvents, false);
  }

  /// To its end, for those who want to see what it prints.
  public static final Following OUTPUT = new Following(false, false);
}
