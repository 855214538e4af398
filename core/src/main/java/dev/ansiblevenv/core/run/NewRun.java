package dev.ansiblevenv.core.run;

/// A run that is to be started.
///
/// @param keepRuns so many finished runs stay on the host, the newest; older ones are removed when
///   this one has started
public record NewRun(RunRequest request, int keepRuns) {

  public static final int USUALLY_KEPT = 50;
}
