package dev.ansiblevenv.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A machine of its own, made of namespaces: its own address, host name, machine id, boot id,
/// process table, `/tmp`, `/dev/shm` and user `deploy`. Its other files are this machine's until it
/// changes them. It has no network but the cable to this one, which can be long, bad, or cut.
///
/// ```java
/// try (var machine = Machine.start(directory, "night2")) {
///   machine.delay(25);              // one way, in milliseconds
///   machine.loss(2);                // percent of the packets in each direction
///   machine.cut();                  // packets get lost, nobody is told
///   machine.heal();
///   machine.powerOff();             // at once; the files stay
///   machine.boot();                 // with another boot id
///   machine.exec("ps", "-e");       // as root, over no network
///   machine.home();                 // its user's files, to be looked at from here
/// }
/// ```
///
/// Takes root, `/dev/net/tun` and overlay file systems. Where these are not to be had, the test
/// fails if the environment says `CI`, and is aborted with the reason elsewhere. It cannot outlive
/// the JVM: the process that is the cable ends with its standard input, and everything else with
/// that process.
public final class Machine implements SshHost, AutoCloseable {

  private static final String USER = "deploy";

  private final Path directory;
  private final Process cable;
  private final BufferedReader answers;
  private final String address;
  private long firstProcess;

  private Machine(Path directory, String name, List<String> settings) {
    this.directory = directory;
    var arguments = new ArrayList<>(List.of(directory.toString(), name));
    arguments.addAll(settings);
    try {
      cable = PythonScripts.process("machine.py", arguments).start();
      answers = cable.inputReader(UTF_8);
      address = Objects.requireNonNull(answers.readLine(), "there is no cable to the machine");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns when the machine has booted.
  ///
  /// @param directory for its files and keys, on a file system that an overlay can write to
  /// @param name its host name
  /// @param settings lines of `sshd_config` that go before the usual ones
  public static Machine start(Path directory, String name, String... settings) {
    requireMeans();
    var machine = new Machine(directory.toAbsolutePath(), name, List.of(settings));
    try {
      machine.boot();
      return machine;
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public int port() {
    return 22;
  }

  @Override
  public String user() {
    return USER;
  }

  @Override
  public Path home() {
    return upper().resolve("home").resolve(USER);
  }

  @Override
  public Path privateKey() {
    return directory.resolve("id");
  }

  @Override
  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /// What the machine changed of the files that it shares with this one, to be looked at only: it
  /// would not see a change that is made from here.
  public Path upper() {
    return directory.resolve("upper");
  }

  /// From now on packets take so long in each direction.
  public void delay(int milliseconds) {
    tell("delay " + milliseconds);
  }

  /// From now on so many packets of a hundred get lost in each direction.
  public void loss(double percent) {
    tell("loss " + percent);
  }

  /// Packets get lost from now on, in both directions, and neither end is told.
  public void cut() {
    tell("cut");
  }

  public void heal() {
    tell("heal");
  }

  /// As by pulling the plug: every process is gone, no connection is ended, the files stay.
  public void powerOff() {
    tell("off");
    firstProcess = 0;
  }

  /// Returns when it can be logged in to. A machine that is on is powered off before.
  public void boot() {
    firstProcess = Long.parseLong(tell("boot").replace("up ", ""));
  }

  /// Runs a program as the machine's root, in `/`.
  ///
  /// @return what it prints to either stream
  /// @throws IllegalStateException when it fails
  public String exec(String... command) {
    return Commands.output(
        Stream.concat(
                Stream.of(
                    "nsenter",
                    "--target",
                    String.valueOf(firstProcess),
                    "--mount",
                    "--uts",
                    "--ipc",
                    "--net",
                    "--pid",
                    "--root",
                    "--wd"),
                Stream.of(command))
            .toList());
  }

  /// The sshd's.
  public String log() {
    try {
      return Files.readString(upper().resolve("var/log/sshd.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      cable.getOutputStream().close();
      if (!cable.waitFor(10, TimeUnit.SECONDS)) {
        cable.destroyForcibly();
      }
    } catch (IOException e) {
      cable.destroyForcibly();
    } catch (InterruptedException e) {
      cable.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String tell(String command) {
    try {
      cable.getOutputStream().write((command + "\n").getBytes(UTF_8));
      cable.getOutputStream().flush();
      var answer = answers.readLine();
      if (answer == null || answer.startsWith("failed")) {
        throw new IllegalStateException(command + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireMeans() {
    if ("root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/dev/net/tun"))) {
      return;
    }
    var reason = "a machine of its own takes root and /dev/net/tun";
    if (System.getenv("CI") != null) {
      throw new IllegalStateException(reason);
    }
    Assumptions.abort(reason);
  }
}
