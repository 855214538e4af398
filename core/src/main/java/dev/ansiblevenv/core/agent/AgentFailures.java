package dev.ansiblevenv.core.agent;

import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.diagnostic.BuildFailed;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;

/// Puts the agent's error codes into this program's own errors.
///
/// @param typed how a person runs a harmless program on the host, to see what is in the way
record AgentFailures(String host, String typed) {

  private static final String LOGIN_SCRIPTS =
      "look at ~/.bashrc, ~/.profile, ~/.zshenv, ~/.cshrc, ~/.config/fish/config.fish or"
          + " /etc/profile.d there: without a terminal, none of them may read input or wait; ";

  static AgentFailures of(Transport transport) {
    return new AgentFailures(transport.host(), transport.typed("/bin/echo works"));
  }

  /// @param error a message of type `error`
  Failure of(Message error) {
    var message = error.text("message");
    var hint = error.text("hint");
    return switch (error.text("code")) {
      case "build-failed" -> new BuildFailed("cannot build the environment", host, message, hint);
      case "no-index" ->
          BuildFailed.withoutNetwork("cannot reach the Python index", host, message, hint);
      case "no-space" -> new BuildFailed("the disk is full", host, message, hint);
      case "blob-corrupt" -> new BuildFailed("content was damaged on the way", host, message, hint);
      case "not-writable" -> new HostUnreachable("cannot use the store", host, message, hint);
      case "no-python", "lock-invalid" ->
          new Unresolvable("the lock does not fit the host", host, message, hint);
      case "foreign" -> new StateConflict("something else is in the way", host, message, hint);
      case "not-ready" -> new StateConflict("the environment is not usable", host, message, hint);
      case "run-exists", "run-unknown" -> new StateConflict(message, host, "", hint);
      case "no-ssh-agent" -> new StateConflict("there is no ssh agent", host, message, hint);
      case "path-refused" -> new InvalidInput("a file is refused", host, message, hint);
      case "cancelled" -> new Cancelled("cancelled", host, "", "");
      default -> new HostUnreachable("the agent failed", host, message, hint);
    };
  }

  Failure cannotStart(Throwable cause) {
    return new HostUnreachable(
        "cannot start the agent", host, String.valueOf(cause.getMessage()), "", cause);
  }

  /// @param greeting what the start-up said instead of `ready`
  Failure refused(String greeting) {
    if (greeting.startsWith("no-python")) {
      var old = greeting.substring("no-python".length()).strip();
      return new HostUnreachable(
          "no usable Python",
          host,
          old.isEmpty()
              ? "there is no python3"
              : "there is only " + old + ", and no ansible-core that is chosen runs on it",
          "install Python 3.9 or newer there; the newest ansible-core needs 3.12");
    }
    if (greeting.equals("input-taken")) {
      return new HostUnreachable(
          "a login script takes the input that is meant for our command",
          host,
          "the first line that was sent did not arrive",
          LOGIN_SCRIPTS + tryIt());
    }
    return new HostUnreachable(
        "cannot store the agent",
        host,
        greeting.replaceFirst("^failed ", ""),
        "make room, or name another directory for everything we keep there: `ansible_venv_home`"
            + " in the inventory");
  }

  /// @param seconds for which it was silent
  Failure waiting(long seconds) {
    return new HostUnreachable(
        "a login script does not come to an end",
        host,
        "the login works, but for "
            + seconds
            + " s the account's shell has not started our command",
        LOGIN_SCRIPTS + tryIt());
  }

  private String tryIt() {
    return "`" + typed + " </dev/null` has to print `works` and end";
  }

  /// @param errorOutput of a host that let us in and did something else than what it was asked to
  Failure silent(String why, String errorOutput) {
    var said = errorOutput.strip();
    return new HostUnreachable(
        "does not run what it is asked to",
        host,
        said.isEmpty() ? why : why + ": " + said,
        "`" + typed + "` has to print `works`: look at the account's shell and its forced command");
  }

  Failure lost(String why, String errorOutput) {
    var said = errorOutput.strip();
    return new HostUnreachable(
        "the connection to the agent ended", host, said.isEmpty() ? why : why + ": " + said, "");
  }
}
