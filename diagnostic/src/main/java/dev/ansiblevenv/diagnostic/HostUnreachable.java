package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// The host cannot be used: unreachable, refused, unknown key, or it lacks what the agent needs.
public final class HostUnreachable extends Failure {

  private static final long serialVersionUID = 1L;

  private final boolean busy;

  public HostUnreachable(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public HostUnreachable(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    this(what, where, why, next, cause, false);
  }

  private HostUnreachable(
      String what, String where, String why, String next, @Nullable Throwable cause, boolean busy) {
    super(what, where, why, next, cause);
    this.busy = busy;
  }

  /// A host that took the connection and ended it before anything was asked of it, as `sshd` does
  /// with too many at once.
  public static HostUnreachable busy(String what, String where, String why, String next) {
    return new HostUnreachable(what, where, why, next, null, true);
  }

  /// Whether the same may go well in a moment.
  public boolean isBusy() {
    return busy;
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.UNREACHABLE;
  }
}
