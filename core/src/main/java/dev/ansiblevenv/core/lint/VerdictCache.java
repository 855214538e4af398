package dev.ansiblevenv.core.lint;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verdicts already given. An entry counts only while every file that ansible-lint looked at still
/// has the same bytes: the content hash does not see comments, yet `# noqa` and line numbers live
/// there. What cannot be read as an entry is treated as absent, and replaced by the next verdict.
///
/// An entry is lines of fields with tabs between, the last line `end`: loading a JSON library costs
/// more than everything else on the way to a known verdict.
final class VerdictCache {

  private final Path directory;

  VerdictCache(Path directory) {
    this.directory = directory;
  }

  /// @param collectionsPath what is visible now; only a verdict that passed outlives a change of it
  Optional<LintVerdict> find(String key, List<Path> collectionsPath) {
    try {
      var file = file(key);
      return Files.exists(file)
          ? verdict(Files.readString(file), collectionsPath.toString())
          : Optional.empty();
    } catch (IOException
        | InvalidPathException
        | NumberFormatException
        | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /// Does nothing for the rare entry with a tab or line break in a name: it is linted anew each
  /// time.
  void store(String key, Entry entry) throws IOException {
    var verdict = entry.verdict();
    var lines = new ArrayList<List<String>>();
    lines.add(List.of("linter", verdict.linter()));
    lines.add(List.of("passed", String.valueOf(verdict.passed())));
    lines.add(List.of("collections", entry.collectionsPath().toString()));
    entry.files().forEach((file, hash) -> lines.add(List.of("file", hash, file)));
    for (var finding : verdict.findings()) {
      var place = finding.location();
      lines.add(
          List.of(
              "finding",
              place.file(),
              String.valueOf(place.line()),
              String.valueOf(place.column()),
              finding.rule(),
              String.valueOf(finding.fatal()),
              finding.message()));
    }
    lines.add(List.of("end"));
    if (lines.stream().flatMap(List::stream).noneMatch(VerdictCache::breaksLines)) {
      var text = new StringBuilder();
      lines.forEach(line -> text.append(String.join("\t", line)).append('\n'));
      DurableFile.write(file(key), text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path file(String key) {
    return directory.resolve(key + ".verdict");
  }

  private static boolean breaksLines(String field) {
    return field.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r');
  }

  private static Optional<LintVerdict> verdict(String text, String collectionsPath)
      throws IOException {
    if (!text.endsWith("\nend\n")) {
      return Optional.empty();
    }
    var linter = "";
    var passed = false;
    var sameSight = false;
    var findings = new ArrayList<Finding>();
    for (var line : text.split("\n", -1)) {
      var field = line.split("\t", -1);
      switch (field[0]) {
        case "linter" -> linter = field[1];
        case "passed" -> passed = Boolean.parseBoolean(field[1]);
        case "collections" -> sameSight = field[1].equals(collectionsPath);
        case "finding" -> findings.add(finding(field));
        case "file" -> {
          if (!FileHash.of(Path.of(field[2])).equals(field[1])) {
            return Optional.empty();
          }
        }
        default -> {
          // `end`
        }
      }
    }
    return passed || sameSight
        ? Optional.of(new LintVerdict(linter, passed, List.copyOf(findings)))
        : Optional.empty();
  }

  private static Finding finding(String[] field) {
    return new Finding(
        new Location(field[1], Integer.parseInt(field[2]), Integer.parseInt(field[3])),
        field[4],
        field[6],
        Boolean.parseBoolean(field[5]));
  }

  /// @param files absolute paths and the SHA-256 of what ansible-lint read there
  record Entry(LintVerdict verdict, List<Path> collectionsPath, Map<String, String> files) {}
}
