package dev.ansiblevenv.diagnostic;

import org.jspecify.annotations.Nullable;

/// The one sealed family of errors that reach a user. Each says what failed, where, why, and what
/// to do next, in that order, and knows its exit code. Anything else that is thrown is a defect of
/// this program.
public abstract sealed class Failure extends RuntimeException
    permits UsageFailure,
        InvalidInput,
        Unresolvable,
        HostUnreachable,
        BuildFailed,
        StateConflict,
        Cancelled {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final String where;
  private final String why;
  private final String next;

  /// @param what one clause without a full stop: `cannot read the playbook`
  /// @param where file:line:column or host; empty when there is no place
  /// @param why the cause in one sentence; empty when `what` says it
  /// @param next what the user can do, as an imperative; empty when nothing helps
  protected Failure(String what, String where, String why, String next, @Nullable Throwable cause) {
    super(join(what, where, why, next), cause);
    this.what = what;
    this.where = where;
    this.why = why;
    this.next = next;
  }

  public abstract ExitCode exitCode();

  public final String what() {
    return what;
  }

  public final String where() {
    return where;
  }

  public final String why() {
    return why;
  }

  public final String next() {
    return next;
  }

  private static String join(String what, String where, String why, String next) {
    var text = new StringBuilder(where.isEmpty() ? "" : where + ": ").append(what);
    if (!why.isEmpty()) {
      text.append(": ").append(why);
    }
    if (!next.isEmpty()) {
      text.append("\nhint: ").append(next);
    }
    return text.toString();
  }
}
