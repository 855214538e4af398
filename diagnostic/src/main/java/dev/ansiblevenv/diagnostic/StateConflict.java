package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// State on disk is corrupt, or contradicts what was about to be done.
public final class StateConflict extends Failure {

  private static final long serialVersionUID = 1L;

  public StateConflict(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public StateConflict(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    super(what, where, why, next, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.STATE_CONFLICT;
  }
}
