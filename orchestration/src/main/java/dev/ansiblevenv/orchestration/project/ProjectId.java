package dev.ansiblevenv.orchestration.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.ExclusiveLock;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What tells a project directory from every other one, on whatever controller:
/// `.ansible-venv/project` holds a number drawn by lot and the directory's path. A directory that
/// was moved keeps its number; a copy of one that is still there gets another.
final class ProjectId {

  private static final int BYTES = 8;
  private static final String FORM = "[0-9a-f]{16}\n/.*\n";

  private ProjectId() {}

  /// @return 16 hex digits
  /// @throws StateConflict when the project cannot be written to
  static String of(Path project, RandomGenerator random) {
    var file = file(project);
    try {
      var here = project.toRealPath().toString();
      var known = read(file);
      if (known.endsWith("\n" + here + "\n")) {
        return known.substring(0, 2 * BYTES);
      }
      try (var _ = ExclusiveLock.acquire(project.resolve(".ansible-venv/locks/project.lock"))) {
        known = read(file);
        var isMoved = !known.isEmpty() && !read(file(former(known))).equals(known);
        var id = isMoved || known.endsWith("\n" + here + "\n") ? number(known) : draw(random);
        DurableFile.write(file, (id + "\n" + here + "\n").getBytes(UTF_8));
        return id;
      }
    } catch (IOException e) {
      throw new StateConflict(
          "cannot be written",
          ".ansible-venv/project",
          String.valueOf(e.getMessage()),
          "check the directory's permissions and free space",
          e);
    }
  }

  private static Path file(Path project) {
    return project.resolve(".ansible-venv/project");
  }

  private static String number(String known) {
    return known.substring(0, 2 * BYTES);
  }

  private static Path former(String known) {
    return Path.of(known.substring(2 * BYTES + 1, known.length() - 1));
  }

  private static String draw(RandomGenerator random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    var text = RegularFile.readText(file);
    return text.matches(FORM) ? text : "";
  }
}
