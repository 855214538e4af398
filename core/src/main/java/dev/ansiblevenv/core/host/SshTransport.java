package dev.ansiblevenv.core.host;

import dev.ansiblevenv.diagnostic.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host behind the user's OpenSSH client, with their configuration, agent, jump hosts and
/// certificates. Host keys are always checked against `known_hosts`, and nothing is ever asked: a
/// key with a passphrase has to be in the agent.
///
/// @param environment of `ssh`: it needs `HOME`, `PATH` and `SSH_AUTH_SOCK`
/// @param forwardsAgent whether what runs on the host may use the caller's ssh agent; never because
///   of the user's configuration alone
public record SshTransport(
    SshDestination destination, Map<String, String> environment, boolean forwardsAgent)
    implements Transport {

  public SshTransport(SshDestination destination, Map<String, String> environment) {
    this(destination, environment, false);
  }

  /// `ssh` leaves an ignored SIGINT ignored. A Ctrl-C reaches every process in the terminal's
  /// foreground, and the connection is needed to tell the host what it meant.
  private static final String UNMOVED = "trap '' INT QUIT; exec \"$@\"";

  /// What holds whatever the user's configuration says: OpenSSH takes the first value it meets.
  static final List<String> ALWAYS =
      List.of(
          "-T",
          "-x",
          "-o",
          "StrictHostKeyChecking=yes",
          "-o",
          "BatchMode=yes",
          "-o",
          "RemoteCommand=none",
          "-o",
          "ClearAllForwardings=yes",
          "-o",
          "LogLevel=ERROR");

  /// What holds unless the inventory says otherwise.
  static final List<String> UNLESS_SAID =
      List.of("-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=15");

  public SshTransport {
    environment = Map.copyOf(environment);
  }

  /// The same host, reached by a command instead of what is configured.
  ///
  /// @param proxyCommand a line for a shell
  SshTransport behind(String proxyCommand) {
    return new SshTransport(destination.behind(proxyCommand), environment, forwardsAgent);
  }

  @Override
  public String host() {
    return destination.name();
  }

  /// `sshd` gives the command to the login shell. Single quotes mean the same to all of them, and
  /// the command holds none.
  @Override
  public Process start(String command) throws IOException {
    var whole = new ArrayList<>(List.of("/bin/sh", "-c", UNMOVED, "sh", "ssh"));
    whole.addAll(ALWAYS);
    whole.addAll(List.of("-o", "ForwardAgent=" + (forwardsAgent ? "yes" : "no")));
    whole.addAll(destination.options());
    whole.addAll(UNLESS_SAID);
    whole.addAll(List.of("--", destination.address()));
    whole.add("exec /bin/sh -c '" + command + "'");
    var builder = new ProcessBuilder(whole);
    builder.environment().clear();
    builder.environment().putAll(neverAsking(environment));
    return builder.start();
  }

  /// An `ssh` to a jump host, which another one starts, knows nothing of `BatchMode`: its questions
  /// go to a program that refuses them. The caller's locale stays: `SendEnv` may take it to the
  /// host's session, and `ssh` never translates the texts by which failures are told apart.
  static Map<String, String> neverAsking(Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.putAll(Map.of("SSH_ASKPASS", "false", "SSH_ASKPASS_REQUIRE", "force"));
    return all;
  }

  @Override
  public Optional<Failure> explain(String errorOutput, boolean answered) {
    return (answered ? SshFailure.afterwards(errorOutput) : SshFailure.of(errorOutput))
        .map(failure -> failure.at(host(), errorOutput));
  }
}
