package dev.ansiblevenv.orchestration.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the last deploy of a playbook to a pattern came to on each host, in the project's
/// `.ansible-venv/last/`: a number as the command line exits with.
final class LastResults {

  /// A host that was chosen and of which no more is known: the program ended before it said so.
  static final int UNKNOWN = -1;

  private final Path project;
  private final String playbook;
  private final String pattern;

  /// @param playbook as seen from the project
  LastResults(Path project, String playbook, String pattern) {
    this.project = project;
    this.playbook = playbook;
    this.pattern = pattern;
  }

  /// By host, in the order of that deploy.
  ///
  /// @throws StateConflict when the file is not one of ours
  Optional<Map<String, Integer>> read() {
    var file = file();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (JSON.std.mapFrom(RegularFile.read(file)).get("hosts") instanceof Map<?, ?> hosts) {
        var results = new LinkedHashMap<String, Integer>();
        for (var host : hosts.entrySet()) {
          results.put(
              String.valueOf(host.getKey()),
              host.getValue() instanceof Integer code ? code : UNKNOWN);
        }
        return Optional.of(results);
      }
      throw corrupt("it names no hosts");
    } catch (IOException e) {
      throw corrupt(String.valueOf(e.getMessage()));
    }
  }

  void write(Map<String, Integer> results) {
    var document = new LinkedHashMap<String, Object>();
    document.put("playbook", playbook);
    document.put("pattern", pattern);
    document.put("hosts", results);
    try {
      DurableFile.write(file(), JSON.std.asString(document).getBytes(UTF_8));
    } catch (IOException e) {
      throw new StateConflict(
          "cannot be written",
          place(),
          String.valueOf(e.getMessage()),
          "check the directory's permissions and free space",
          e);
    }
  }

  private StateConflict corrupt(String why) {
    return new StateConflict(
        "is not the result of a deploy",
        place(),
        why.lines().findFirst().orElse(""),
        "deploy without `--retry-failed`");
  }

  private Path file() {
    var key = Sha256.of((playbook + "\n" + pattern).getBytes(UTF_8)).substring(0, 16);
    return project.resolve(".ansible-venv").resolve("last").resolve(key + ".json");
  }

  private String place() {
    return project.relativize(file()).toString();
  }
}
