package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// Building the environment on the host failed; nothing half-built is visible.
public final class BuildFailed extends Failure {

  private static final long serialVersionUID = 1L;

  public BuildFailed(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public BuildFailed(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    super(what, where, why, next, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.BUILD_FAILED;
  }
}
