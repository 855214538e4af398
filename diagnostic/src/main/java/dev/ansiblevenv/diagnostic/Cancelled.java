package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// The user cancelled, or a time limit ended the work.
public final class Cancelled extends Failure {

  private static final long serialVersionUID = 1L;

  public Cancelled(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public Cancelled(String what, String where, String why, String next, @Nullable Throwable cause) {
    super(what, where, why, next, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.CANCELLED;
  }
}
