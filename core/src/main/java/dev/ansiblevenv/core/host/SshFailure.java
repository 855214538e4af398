package dev.ansiblevenv.core.host;

import dev.ansiblevenv.diagnostic.HostUnreachable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Why `ssh` could not connect or lost its connection, told by the words that OpenSSH uses for it.
/// Its exit code says nothing: 255 may as well be the remote command's.
enum SshFailure {
  BEHIND_A_JUMP_HOST(
      "(?i)stdio forwarding (request )?failed|(by|to) UNKNOWN port 65535|administratively prohibited",
      "cannot be reached through the jump host",
      "try `%2$s` to see which of the two refuses"),
  CHANGED_KEY(
      "REMOTE HOST IDENTIFICATION HAS CHANGED",
      "has another host key than the one that is known",
      "if the host was set up again, remove the old key with `%3$s` and run `ansible-venv enroll"
          + " %1$s`; if not, somebody may be in between"),
  UNKNOWN_KEY(
      "host key is known for|Host key verification failed",
      "has a host key that is not known",
      "`ansible-venv enroll %1$s` shows its fingerprint and asks"),
  NAME("(?m)^ssh: Could not resolve hostname", "has a name that cannot be resolved", ""),
  REFUSED(
      "(?m)^ssh: connect to host .*Connection refused",
      "refuses the connection",
      "check that sshd runs there, and the port"),
  TIMED_OUT(
      "(?m)^ssh: connect to host .*timed out|^Connection (to .* )?timed out|not responding",
      "does not answer",
      "check that it is up and no firewall drops"),
  NO_ROUTE(
      "(?m)^ssh: connect to host .*(No route to host|Network is unreachable)",
      "cannot be reached from here",
      ""),
  EXPIRED("account has expired", "has an expired account for this user", ""),
  TOO_MANY_KEYS(
      "Too many authentication failures",
      "gave up after too many keys",
      "name the right one: `ansible_ssh_private_key_file`, or `IdentitiesOnly` in ~/.ssh/config"),
  KEY_FILE(
      "UNPROTECTED PRIVATE KEY FILE|bad permissions|not accessible: No such file",
      "cannot be logged in to: the private key is of no use",
      "check the key's path and that nobody else can read it"),
  DENIED(
      "Permission denied \\(",
      "denies the login",
      "check the user, and that the key is loaded: `ssh-add -l`"),
  ALGORITHMS("Unable to negotiate", "has no algorithm in common with this ssh", ""),
  CONFIGURATION(
      "Bad configuration option|terminating, .* bad configuration|Can't open user config file"
          + "|ControlPath too long|command-line line 0|Bad owner or permissions on"
          + "|unknown option|^usage: ssh",
      "cannot be reached with this ssh configuration",
      "mend ~/.ssh/config, or `ansible_ssh_common_args` in the inventory"),
  NOT_READY(
      "kex_exchange_identification|Connection reset by|Connection closed by",
      "closed the connection before the login",
      "it may be busy or still starting; try again"),
  LOST(
      "(?m)^Connection to .* closed by remote host|^client_loop: |^packet_write|^Timeout, server",
      "lost the connection",
      "");

  private final Pattern words;
  private final String what;
  private final String next;

  SshFailure(String words, String what, String next) {
    this.words = Pattern.compile(words);
    this.what = what;
    this.next = next;
  }

  /// The first, in the order of the constants, that the text speaks of: what is certain stands
  /// before what often follows it.
  static Optional<SshFailure> of(String errorOutput) {
    return first(ofTheJumpHost(errorOutput)).isPresent()
        ? Optional.of(BEHIND_A_JUMP_HOST)
        : first(errorOutput);
  }

  /// What may still happen to a connection that was made.
  static Optional<SshFailure> afterwards(String errorOutput) {
    return Optional.of(LOST).filter(lost -> lost.words.matcher(errorOutput).find());
  }

  private static Optional<SshFailure> first(String text) {
    return Arrays.stream(values())
        .filter(failure -> failure.words.matcher(text).find())
        .findFirst();
  }

  /// The `ssh` to a jump host ends with words of its own before the one to the host behind it has
  /// heard anything of that.
  private static String ofTheJumpHost(String errorOutput) {
    var nothingHeard = errorOutput.lastIndexOf("kex_exchange_identification: ");
    return errorOutput
        .substring(0, Math.max(0, nothingHeard))
        .lines()
        .filter(line -> !KEY_FILE.words.matcher(line).find())
        .collect(Collectors.joining("\n"));
  }

  /// @param errorOutput in which it was recognised
  /// @param typed how a person would log in
  HostUnreachable at(String host, String typed, String errorOutput) {
    var hint = next.formatted(host, typed, removal(host, errorOutput));
    if (this == BEHIND_A_JUMP_HOST) {
      return behindAJumpHost(host, errorOutput, hint);
    }
    return unreachable(what, host, saying(errorOutput), hint);
  }

  /// Some builds of `ssh` say how to forget a key, with the name and file that they looked it up
  /// by.
  private static String removal(String host, String errorOutput) {
    return errorOutput
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("ssh-keygen -f "))
        .findFirst()
        .orElse("ssh-keygen -R " + host);
  }

  /// @param errorOutput of the connection to the jump host, in which it was recognised
  /// @param host behind it
  HostUnreachable ofJumpHost(String jumpHost, String host, String errorOutput) {
    return unreachable(
        "cannot be reached: its jump host `" + jumpHost + "` " + what,
        host,
        saying(errorOutput),
        next.formatted(jumpHost, "ssh " + jumpHost, removal(jumpHost, errorOutput)));
  }

  private HostUnreachable behindAJumpHost(String host, String errorOutput, String hint) {
    var said = ofTheJumpHost(errorOutput);
    return first(said)
        .map(cause -> cause.unreachable(what, host, cause.saying(said), hint))
        .orElseGet(() -> unreachable(what, host, saying(errorOutput), hint));
  }

  private HostUnreachable unreachable(String text, String host, String why, String hint) {
    return this == NOT_READY
        ? HostUnreachable.busy(text, host, why, hint)
        : new HostUnreachable(text, host, why, hint);
  }

  /// The line by which it was recognised.
  private String saying(String errorOutput) {
    List<String> lines = errorOutput.lines().map(String::strip).toList();
    return lines.stream()
        .filter(line -> words.matcher(line).find())
        .map(line -> line.replaceAll("^@+\\s*|\\s*@+$", ""))
        .findFirst()
        .orElse("");
  }
}
