package dev.ansiblevenv.core.confinement;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.Cancelled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Has a hostile script try to get out of a confinement, and looks from outside whether it did:
/// what a kernel, a container or a distribution permits cannot be read off their versions.
final class ConfinementAttack {

  /// How the daemon's command line goes on to the token; that of bubblewrap has it elsewhere.
  private static final String DAEMON = "time.sleep(30)\0";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path python;
  private final Path work;

  /// @param python the interpreter that confined scripts run under
  /// @param work a directory in the controller's cache
  ConfinementAttack(Path python, Path work) {
    this.python = python;
    this.work = work;
  }

  /// @return why the confinement does not hold; empty when it does
  Optional<String> on(Confinement confinement) {
    try {
      var parent = Files.createDirectories(work).toRealPath();
      var target = Files.createDirectory(parent.resolve("attack-" + UUID.randomUUID()));
      try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return attack(confinement, target, listener);
      } finally {
        Trees.delete(target);
      }
    } catch (IOException | Cancelled e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> attack(Confinement confinement, Path target, ServerSocket listener)
      throws IOException {
    var outside = Files.createDirectory(target.resolve("outside"));
    var secret =
        Files.writeString(Files.createDirectory(target.resolve(".ssh")).resolve("id"), "x");
    var project = Files.createDirectory(target.resolve("project"));
    var readOnly = Files.writeString(project.resolve("site.yml"), "");
    var token = "ansible-venv-attack-" + UUID.randomUUID();
    var script =
        new UntrustedScript(
            python,
            new StartScripts(work)
                .with(Confinement.class, "attack.py")
                .written()
                .resolve("attack.py"),
            List.of(
                outside.toString(),
                secret.toString(),
                readOnly.toString(),
                String.valueOf(listener.getLocalPort()),
                String.valueOf(ProcessHandle.current().pid()),
                token),
            scratch -> Map.of("HOME", scratch.toString(), "TMPDIR", scratch.toString()),
            List.of(project),
            project);
    var said = confinement.run(script, LIMIT);
    if (!said.succeeded()) {
      return Optional.of(said.exitCode() + ": " + said.lastLines(1));
    }
    var broken = new ArrayList<>(List.of(JSON.std.arrayFrom(said.output())));
    if (Files.exists(outside.resolve("marker")) || Files.size(readOnly) > 0) {
      broken.add("a file was written");
    }
    if (isRunning(token)) {
      broken.add("leave_a_daemon");
    }
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "a hostile script could "
                + String.join(", ", broken.stream().map(String::valueOf).toList()));
  }

  private static boolean isRunning(String token) throws IOException {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        try {
          if (Files.readString(
                  process.resolve("cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1)
              .contains(DAEMON + token)) {
            return true;
          }
        } catch (IOException e) {
          // It has ended, or is another user's.
        }
      }
      return false;
    }
  }
}
