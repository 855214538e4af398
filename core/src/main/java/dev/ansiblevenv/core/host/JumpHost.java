package dev.ansiblevenv.core.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A connection to a jump host, made by the real `ssh` with the user's configuration, that others
/// are led through by its control socket. It ends when it is closed, and with this process.
final class JumpHost implements AutoCloseable {

  private static final String SCRIPT = script();

  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final JumpRoute route;
  private final Path socket;
  private final Process process;
  private String said = "";

  private JumpHost(JumpRoute route, Path socket, Process process) {
    this.route = route;
    this.socket = socket;
    this.process = process;
  }

  /// Does not wait.
  ///
  /// @param socket a name that is free, in a directory that is for nothing else
  static JumpHost connecting(JumpRoute route, Path socket, Map<String, String> environment)
      throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh", socket.toString()));
    command.addAll(SshTransport.ALWAYS);
    command.addAll(List.of("-o", "ControlPersist=no", "-o", "ForwardAgent=no"));
    command.addAll(route.options());
    command.addAll(SshTransport.UNLESS_SAID);
    command.addAll(List.of("--", route.host()));
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(SshTransport.neverAsking(environment));
    return new JumpHost(route, socket, builder.start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Returns when others can be led through it.
  ///
  /// @param to the host that waits for it
  /// @throws HostUnreachable when it cannot be reached
  void await(String to) throws InterruptedException {
    var deadline = System.nanoTime() + CONNECTS_WITHIN.toNanos();
    while (!Files.exists(socket)) {
      if (!process.isAlive()) {
        throw unreachable(to);
      }
      if (System.nanoTime() > deadline) {
        throw new HostUnreachable(
            "cannot be reached: its jump host `" + route.host() + "` does not answer",
            to,
            "",
            "check that it is up and no firewall drops");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /// The way through it to a host. There is nothing in the line for the shell but the name of the
  /// socket: host and port are put in by `ssh`. Without the connection it leads nowhere.
  Transport before(SshTransport transport) {
    var line =
        "ssh -F none -o ControlMaster=no -o ProxyCommand=false -o LogLevel=ERROR -S "
            + socket
            + " -W '[%h]:%p' jump-host.invalid";
    return new Behind(transport.behind(line));
  }

  @Override
  public void close() {
    var interrupted = Thread.interrupted();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        end();
      }
    } catch (IOException e) {
      end();
    } catch (InterruptedException e) {
      interrupted = true;
      end();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private HostUnreachable unreachable(String to) {
    var output = said();
    return SshFailure.of(output)
        .map(failure -> failure.ofJumpHost(route.host(), to, output))
        .orElseGet(() ->
            new HostUnreachable(
                "cannot be reached: the connection to its jump host `" + route.host() + "` ended",
                to,
                output.strip(),
                ""));
  }

  /// What it said until it ended.
  private synchronized String said() {
    try {
      said += new String(process.getErrorStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      // Another one has read it.
    }
    return said;
  }

  private static String script() {
    try (var in = JumpHost.class.getResourceAsStream("jump_host.sh")) {
      if (in == null) {
        throw new IllegalStateException("jump_host.sh is missing in this program");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Behind implements Transport {
    private final SshTransport transport;

    Behind(SshTransport transport) {
      this.transport = transport;
    }

    @Override
    public Process start(String command) throws IOException {
      return transport.start(command);
    }

    @Override
    public String host() {
      return transport.host();
    }

    @Override
    public String typed(String remote) {
      return transport.typed(remote);
    }

    @Override
    public boolean letsIn(Duration limit) {
      return transport.letsIn(limit);
    }

    @Override
    public Optional<Failure> explain(String errorOutput, boolean answered) {
      return process.isAlive()
          ? transport.explain(errorOutput, answered)
          : Optional.of(unreachable(transport.host()));
    }
  }
}
