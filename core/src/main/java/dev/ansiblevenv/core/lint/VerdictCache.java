package dev.ansiblevenv.core.lint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verdicts already given. An entry counts only while every file that ansible-lint looked at still
/// has the same bytes: the content hash does not see comments, yet `# noqa` and line numbers live
/// there. What cannot be read as an entry is treated as absent, and replaced by the next verdict.
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
          ? verdict(key, collectionsPath, JsonFields.of(JSON.std.anyFrom(Files.readString(file))))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  void store(String key, Entry given) throws IOException {
    var verdict = given.verdict();
    var findings = new ArrayList<Map<String, Object>>();
    for (var finding : verdict.findings()) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("file", finding.location().file());
      entry.put("line", finding.location().line());
      entry.put("column", finding.location().column());
      entry.put("rule", finding.rule());
      entry.put("message", finding.message());
      entry.put("fatal", finding.fatal());
      findings.add(entry);
    }
    var entry = new LinkedHashMap<String, Object>();
    entry.put("key", key);
    entry.put("linter", verdict.linter());
    entry.put("passed", verdict.passed());
    entry.put("findings", findings);
    entry.put("collections_path", given.collectionsPath().toString());
    entry.put("files", given.files());
    DurableFile.write(file(key), JSON.std.asString(entry).getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String key) {
    return directory.resolve(key + ".json");
  }

  private static Optional<LintVerdict> verdict(
      String key, List<Path> collectionsPath, JsonFields entry) throws IOException {
    var sameSight = entry.string("collections_path").equals(collectionsPath.toString());
    if (!entry.string("key").equals(key) || !(entry.flag("passed") || sameSight)) {
      return Optional.empty();
    }
    for (var file : entry.object("files").fields().entrySet()) {
      if (!FileHash.of(Path.of(String.valueOf(file.getKey()))).equals(file.getValue())) {
        return Optional.empty();
      }
    }
    var findings = new ArrayList<Finding>();
    for (Object finding : entry.field("findings", List.class)) {
      findings.add(finding(JsonFields.of(finding)));
    }
    return Optional.of(
        new LintVerdict(entry.string("linter"), entry.flag("passed"), List.copyOf(findings)));
  }

  private static Finding finding(JsonFields entry) throws IOException {
    return new Finding(
        new Location(entry.string("file"), entry.number("line"), entry.number("column")),
        entry.string("rule"),
        entry.string("message"),
        entry.flag("fatal"));
  }

  /// @param files absolute paths and the SHA-256 of what ansible-lint read there
  record Entry(LintVerdict verdict, List<Path> collectionsPath, Map<String, String> files) {}
}
