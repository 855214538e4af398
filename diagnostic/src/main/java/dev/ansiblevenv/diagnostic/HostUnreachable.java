package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// The host cannot be used: unreachable, refused, unknown key, or it lacks what the agent needs.
public final class HostUnreachable extends Failure {

  private static final long serialVersionUID = 1L;

  public HostUnreachable(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public HostUnreachable(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    super(what, where, why, next, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.UNREACHABLE;
  }
}
