package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// The command was called wrongly: an argument, an option or a value of the configuration.
public final class UsageFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public UsageFailure(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public UsageFailure(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    super(what, where, why, next, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.USAGE;
  }
}
