package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// Building the environment on the host failed; nothing half-built is visible.
public final class BuildFailed extends Failure {

  private static final long serialVersionUID = 1L;

  private final boolean lacksNetwork;

  public BuildFailed(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public BuildFailed(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    this(what, where, why, next, cause, false);
  }

  private BuildFailed(
      String what,
      String where,
      String why,
      String next,
      @Nullable Throwable cause,
      boolean lacksNetwork) {
    super(what, where, why, next, cause);
    this.lacksNetwork = lacksNetwork;
  }

  /// A host that does not reach what it would have to fetch from.
  public static BuildFailed withoutNetwork(String what, String where, String why, String next) {
    return new BuildFailed(what, where, why, next, null, true);
  }

  /// Whether it would be built with everything sent to the host.
  public boolean lacksNetwork() {
    return lacksNetwork;
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.BUILD_FAILED;
  }
}
