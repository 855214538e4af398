package dev.ansiblevenv.core.host;

import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One connection to each jump host, shared by all hosts that are reached through it.
///
/// Without this every host would log in to the jump host anew, all at once, and `sshd` there drops
/// what goes beyond its `MaxStartups`. A host whose configuration has a `ControlPath` of its own is
/// left to that: it may be reached already.
public final class JumpHosts implements AutoCloseable {

  /// What can stand in a line for a shell, whichever it is. `ssh` puts host and port into it.
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9._:-]*");

  private static final Pattern HARMLESS_PATH = Pattern.compile("/[A-Za-z0-9/._-]*");

  /// `ssh` adds up to 18 bytes while it makes a socket, of at most 107; we up to 30.
  private static final int LONGEST_PATH = 50;

  private final Map<String, String> environment;
  private final SshConfigurationFiles files;
  private final Map<JumpRoute, JumpHost> known = new HashMap<>();
  private @Nullable Path directory;

  /// Starts and reads nothing.
  ///
  /// @param environment of `ssh`
  public JumpHosts(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.files =
        new SshConfigurationFiles(Path.of(System.getProperty("user.home")), Path.of("/etc/ssh"));
  }

  /// The way to a host: as it is, or over the connection to its jump host, which is awaited.
  ///
  /// @throws HostUnreachable when the jump host cannot be reached
  /// @throws InterruptedException when the thread is interrupted while waiting
  public Transport reached(SshTransport transport) throws InterruptedException {
    var destination = transport.destination();
    var arguments = new SshArguments(destination.arguments());
    var file = arguments.configurationFile();
    if (!arguments.mayNameJumpHost() && !files.mayNameJumpHosts(file)) {
      return transport;
    }
    try {
      var configuration = SshConfiguration.of(destination, environment);
      var jump = JumpRoute.of(file, configuration.value("proxyjump"));
      if (jump.isEmpty()
          || !configuration.value("controlpath").isEmpty()
          || !HARMLESS.matcher(configuration.value("hostname")).matches()) {
        return transport;
      }
      var host = connecting(jump.get());
      host.await(destination.name());
      return host.before(transport);
    } catch (IOException e) {
      throw new StateConflict(
          "cannot connect to the jump host",
          destination.name(),
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }

  /// Ends the connections; the hosts behind them are not reached any more.
  @Override
  public synchronized void close() {
    known.values().forEach(JumpHost::close);
    known.clear();
    if (directory != null) {
      try {
        Files.deleteIfExists(directory);
      } catch (IOException e) {
        // It is empty, private and temporary.
      }
      directory = null;
    }
  }

  private synchronized JumpHost connecting(JumpRoute route) throws IOException {
    var host = known.get(route);
    if (host == null || !host.isAlive()) {
      if (directory == null || !Files.isDirectory(directory)) {
        directory = Files.createTempDirectory(place(), "avj");
      }
      host =
          JumpHost.connecting(route, directory.resolve(String.valueOf(known.size())), environment);
      known.put(route, host);
    }
    return host;
  }

  /// The first place that is short enough for the sockets in it.
  private Path place() {
    return Stream.of(
            environment.getOrDefault("XDG_RUNTIME_DIR", ""), System.getProperty("java.io.tmpdir"))
        .filter(path -> path.length() <= LONGEST_PATH && HARMLESS_PATH.matcher(path).matches())
        .map(Path::of)
        .filter(path -> Files.isDirectory(path) && Files.isWritable(path))
        .findFirst()
        .orElse(Path.of("/tmp"));
  }
}
