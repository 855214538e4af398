package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// The dependencies cannot be resolved: no index, no such version, or requirements that contradict
/// each other.
public final class Unresolvable extends Failure {

  private static final long serialVersionUID = 1L;

  public Unresolvable(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public Unresolvable(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    super(what, where, why, next, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.UNRESOLVABLE;
  }
}
