package dev.ansiblevenv.core.host;

import dev.ansiblevenv.core.process.PipeReader;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A host behind the user's OpenSSH client, with their configuration, agent, jump hosts and
/// certificates. Host keys are always checked against `known_hosts`, and nothing is ever asked: a
/// key with a passphrase has to be in the agent.
///
/// @param environment of `ssh`: it needs `HOME`, `PATH` and `SSH_AUTH_SOCK`
/// @param forwardsAgent whether what runs on the host may use the caller's ssh agent; never because
///   of the user's configuration alone
/// @param typed the destination as the user means it, without what we connect through instead
public record SshTransport(
    SshDestination destination,
    Map<String, String> environment,
    boolean forwardsAgent,
    SshDestination typed)
    implements Transport {

  public SshTransport(SshDestination destination, Map<String, String> environment) {
    this(destination, environment, false);
  }

  public SshTransport(
      SshDestination destination, Map<String, String> environment, boolean forwardsAgent) {
    this(destination, environment, forwardsAgent, destination);
  }

  /// `ssh` leaves an ignored SIGINT ignored. A Ctrl-C reaches every process in the terminal's
  /// foreground, and the connection is needed to tell the host what it meant.
  private static final String UNMOVED = "trap '' INT QUIT; exec \"$@\"";

  private static final String LET_IN = "Authenticated to ";

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
    return new SshTransport(
        destination.behind(proxyCommand), environment, forwardsAgent, destination);
  }

  @Override
  public String host() {
    return destination.name();
  }

  /// `sshd` gives the command to the login shell. Single quotes mean the same to all of them, and
  /// the command holds none.
  @Override
  public Process start(String command) throws IOException {
    return ssh(ALWAYS, List.of("exec /bin/sh -c '" + command + "'")).start();
  }

  private ProcessBuilder ssh(List<String> first, List<String> remote) {
    var whole = new ArrayList<>(List.of("/bin/sh", "-c", UNMOVED, "sh", "ssh"));
    whole.addAll(first);
    whole.addAll(List.of("-o", "ForwardAgent=" + (forwardsAgent ? "yes" : "no")));
    whole.addAll(destination.options());
    whole.addAll(UNLESS_SAID);
    whole.addAll(List.of("--", destination.address()));
    whole.addAll(remote);
    var builder = new ProcessBuilder(whole);
    builder.environment().clear();
    builder.environment().putAll(neverAsking(environment));
    return builder;
  }

  @Override
  public String typed(String remote) {
    var words = new ArrayList<>(List.of("ssh"));
    words.addAll(typed.options());
    words.add(typed.address());
    return words.stream().map(SshTransport::quoted).collect(Collectors.joining(" "))
        + (remote.isEmpty() ? "" : " " + remote);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /// `ssh` says at this log level that it was let in, and with `-N` it runs nothing there, so that
  /// no login script has a part in the answer.
  @Override
  public boolean letsIn(Duration limit) {
    var first = new ArrayList<>(ALWAYS);
    first.replaceAll(word -> word.equals("LogLevel=ERROR") ? "LogLevel=VERBOSE" : word);
    first.addAll(List.of("-N", "-o", "ControlMaster=no", "-o", "ControlPath=none"));
    Process process;
    try {
      process = ssh(first, List.of()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return false;
    }
    try {
      var letIn = new CompletableFuture<Boolean>();
      PipeReader.thread("login to " + host())
          .start(() ->
              letIn.complete(
                  process.errorReader().lines().anyMatch(line -> line.startsWith(LET_IN))));
      return letIn.completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    } finally {
      process.destroy();
    }
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
        .map(failure -> failure.at(host(), typed(""), errorOutput));
  }
}
