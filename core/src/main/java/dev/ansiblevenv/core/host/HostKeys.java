package dev.ansiblevenv.core.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The key by which a host proves that it is the one the user means: what it offers now, held
/// against the user's `known_hosts`.
///
/// The real `ssh` connects with the user's whole configuration, jump hosts included, and with no
/// way to log in; it notes the key in a file of ours. Nothing else of the user's is trusted to that
/// connection.
public final class HostKeys {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final List<String> ONLY_THE_KEY =
      List.of(
          "-o",
          "StrictHostKeyChecking=accept-new",
          "-o",
          "GlobalKnownHostsFile=/dev/null",
          "-o",
          "HashKnownHosts=no",
          "-o",
          "UpdateHostKeys=no",
          "-o",
          "PreferredAuthentications=none",
          "-o",
          "ControlPath=none",
          "-o",
          "RemoteCommand=none",
          "-o",
          "ClearAllForwardings=yes",
          "-o",
          "BatchMode=yes",
          "-o",
          "LogLevel=ERROR");

  private final SshDestination destination;
  private final Map<String, String> environment;

  public HostKeys(SshDestination destination, Map<String, String> environment) {
    this.destination = destination;
    this.environment = new HashMap<>(environment);
    this.environment.put("LC_ALL", "C");
  }

  /// A host's key as it is offered.
  ///
  /// @param fingerprint `SHA256:` and what `ssh` itself would show
  /// @param type such as `ED25519`
  /// @param line as it stands in `known_hosts`
  /// @param file the user's `known_hosts`
  /// @param standing what that says of it
  public record Offer(String fingerprint, String type, String line, Path file, Standing standing) {}

  /// What the user's `known_hosts` says of a key.
  public enum Standing {
    /// The host is not in it.
    UNKNOWN,
    /// It is this one.
    KNOWN,
    /// It is another one.
    CHANGED
  }

  /// Asks the host.
  ///
  /// @throws HostUnreachable when it does not come to offering a key
  public Offer offered() {
    try {
      var directory = Files.createTempDirectory("ansible-venv-key");
      try {
        return offered(directory.resolve("known_hosts"));
      } finally {
        Trees.delete(directory);
      }
    } catch (IOException e) {
      throw unusable("", e);
    }
  }

  /// Adds the key to the user's `known_hosts`, hashed where the user's configuration says so.
  public void trust(Offer offer) {
    try {
      var parent = offer.file().resolveSibling("");
      if (!Files.isDirectory(parent)) {
        Files.createDirectories(
            parent,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      var text = lineFeedBefore(offer.file()) + entry(offer) + "\n";
      Files.writeString(offer.file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unusable(offer.file().toString(), e);
    }
  }

  private Offer offered(Path noted) throws IOException {
    var command = new ArrayList<>(List.of("ssh", "-T", "-x"));
    command.addAll(ONLY_THE_KEY);
    command.addAll(List.of("-o", "UserKnownHostsFile=" + noted));
    command.addAll(destination.options());
    command.addAll(List.of("-o", "ConnectTimeout=10", "--", destination.address(), "true"));
    var connected = run(command);
    if (!Files.exists(noted)) {
      throw SshFailure.of(connected.errorOutput())
          .map(failure ->
              failure.at(destination.name(), "ssh " + destination.name(), connected.errorOutput()))
          .orElseGet(() ->
              new HostUnreachable(
                  "offers no host key", destination.name(), connected.lastLines(1), ""));
    }
    var line = Files.readString(noted).lines().findFirst().orElse("");
    // "256 SHA256:… host (ED25519)"
    var shown =
        run(List.of("ssh-keygen", "-l", "-f", noted.toString())).output().strip().split("\\s+", -1);
    var type = shown[shown.length - 1].replaceAll("[()]", "");
    var files = files(SshConfiguration.of(destination, environment));
    return new Offer(shown[1], type, line, files.getFirst(), standing(line, files));
  }

  private Standing standing(String line, List<Path> files) throws IOException {
    var parts = line.split(" ", 3);
    var found = new ArrayList<String>();
    for (var file : files) {
      if (Files.isRegularFile(file)) {
        run(List.of("ssh-keygen", "-F", parts[0], "-f", file.toString()))
            .output()
            .lines()
            .filter(each -> !each.startsWith("#"))
            .forEach(found::add);
      }
    }
    if (found.stream().anyMatch(each -> each.endsWith(" " + parts[1] + " " + parts[2]))) {
      return Standing.KNOWN;
    }
    return found.isEmpty() ? Standing.UNKNOWN : Standing.CHANGED;
  }

  private String entry(Offer offer) throws IOException {
    if (!SshConfiguration.of(destination, environment).value("hashknownhosts").equals("yes")) {
      return offer.line();
    }
    var directory = Files.createTempDirectory("ansible-venv-key");
    try {
      var file = Files.writeString(directory.resolve("known_hosts"), offer.line() + "\n");
      run(List.of("ssh-keygen", "-H", "-f", file.toString()));
      return Files.readString(file).strip();
    } finally {
      Trees.delete(directory);
    }
  }

  /// The files that `ssh` would look into, the one it would write to first.
  private static List<Path> files(SshConfiguration configuration) {
    return Stream.of("userknownhostsfile", "globalknownhostsfile")
        .flatMap(keyword -> Stream.of(configuration.value(keyword).split(" ", -1)))
        .filter(file -> !file.isEmpty() && !file.equals("/dev/null"))
        .map(Path::of)
        .toList();
  }

  private Completed run(List<String> command) throws IOException {
    return new Program(command, environment, Path.of("/")).run(LIMIT);
  }

  /// A file that a person edited may lack its last line break.
  private static String lineFeedBefore(Path file) throws IOException {
    var content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    return content.length == 0 || new String(content, UTF_8).endsWith("\n") ? "" : "\n";
  }

  private static StateConflict unusable(String place, IOException e) {
    return new StateConflict("cannot note host keys", place, String.valueOf(e.getMessage()), "", e);
  }
}
