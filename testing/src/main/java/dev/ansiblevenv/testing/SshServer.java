package dev.ansiblevenv.testing;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real `sshd` on loopback, run by the user of the tests, that stands for a host of its own: with
/// its key, its home directory, and nobody else who may log in.
///
/// `sshd` has to be installed; a test that needs it fails where it is not.
public final class SshServer implements SshHost, AutoCloseable {

  private final Path directory;
  private final int port;
  private final List<String> settings;
  private Process process;

  private SshServer(Path directory, List<String> settings) {
    this.directory = directory;
    this.settings = List.copyOf(settings);
    try {
      Files.createDirectories(home());
      Files.createDirectories(Path.of("/run/sshd"));
    } catch (IOException e) {
      // Only a server of root's wants the second.
    }
    key(directory.resolve("host_key"));
    key(privateKey());
    port = freePort();
    process = start();
  }

  /// @param directory for its keys, its log and the home directory
  /// @param settings lines of `sshd_config` that go before the usual ones
  public static SshServer start(Path directory, String... settings) {
    return new SshServer(directory.toAbsolutePath(), List.of(settings));
  }

  @Override
  public String address() {
    return "127.0.0.1";
  }

  @Override
  public Path home() {
    return directory.resolve("home");
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String user() {
    return System.getProperty("user.name");
  }

  @Override
  public Path privateKey() {
    return directory.resolve("id");
  }

  /// It holds this server's key after [#makeKnown].
  @Override
  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  public SshServer makeKnown() {
    try {
      var key = Files.readString(directory.resolve("host_key.pub")).split(" ", -1);
      Files.writeString(
          knownHosts(), "[127.0.0.1]:" + port + " " + key[0] + " " + key[1].strip() + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As `ssh-keygen -l` shows it: `SHA256:…`.
  public String fingerprint() {
    return Commands.output(
            List.of("ssh-keygen", "-l", "-f", directory.resolve("host_key.pub").toString()))
        .split(" ", -1)[1];
  }

  /// Another key from now on, as after a new installation.
  public void changeKey() {
    close();
    try {
      Files.delete(directory.resolve("host_key"));
      Files.delete(directory.resolve("host_key.pub"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    key(directory.resolve("host_key"));
    process = start();
  }

  /// Ends every connection, and what was started over one.
  public void dropConnections() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  public String log() {
    try {
      return Files.readString(directory.resolve("sshd.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process start() {
    var lines = new ArrayList<>(settings);
    lines.addAll(
        List.of(
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "HostKey " + directory.resolve("host_key"),
            "AuthorizedKeysFile " + directory.resolve("id.pub"),
            "PidFile none",
            "SetEnv HOME=" + home(),
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin prohibit-password",
            "UsePAM no",
            "StrictModes no",
            "PrintMotd no",
            "PrintLastLog no",
            "UseDNS no"));
    try {
      var configuration =
          Files.write(directory.resolve("sshd_config"), lines).toAbsolutePath().toString();
      var log = directory.resolve("sshd.log").toFile();
      Files.write(log.toPath(), new byte[0], CREATE, APPEND);
      var before = timesListening();
      var started =
          new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", configuration)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      awaitListening(started, before);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A probing connection would itself be one that the server has to deal with.
  private void awaitListening(Process started, long before) {
    for (var attempt = 0; attempt < 400; attempt++) {
      if (timesListening() > before) {
        return;
      }
      if (!started.isAlive()) {
        throw new IllegalStateException("sshd ended: " + log());
      }
      sleep();
    }
    throw new IllegalStateException("sshd does not listen: " + log());
  }

  private long timesListening() {
    return log().lines().filter(line -> line.startsWith("Server listening on")).count();
  }

  private static void sleep() {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void key(Path file) {
    Commands.output(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
