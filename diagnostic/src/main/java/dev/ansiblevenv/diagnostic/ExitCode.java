package dev.ansiblevenv.diagnostic;

/// The documented exit codes of the command line. They are part of the public contract.
public enum ExitCode {
  DONE(0),
  RUN_FAILED(1),
  USAGE(2),
  INVALID_INPUT(3),
  UNRESOLVABLE(4),
  UNREACHABLE(5),
  BUILD_FAILED(6),
  STATE_CONFLICT(7),
  CANCELLED(8);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
