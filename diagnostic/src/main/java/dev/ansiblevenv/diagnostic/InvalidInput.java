package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// A file that the user wrote is not valid: YAML, a playbook, lint, a spec, an inventory.
public final class InvalidInput extends Failure {

  private static final long serialVersionUID = 1L;

  public InvalidInput(String what, String where, String why, String next) {
    this(what, where, why, next, null);
  }

  public InvalidInput(
      String what, String where, String why, String next, @Nullable Throwable cause) {
    super(what, where, why, next, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.INVALID_INPUT;
  }
}
