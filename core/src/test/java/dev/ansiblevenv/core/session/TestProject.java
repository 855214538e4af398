package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.run.ProjectCopy;
import dev.ansiblevenv.core.run.ProjectManifest;
import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A project of a few files. One with other files is another project.
final class TestProject implements ProjectCopy {

  private final Map<String, Path> contents = new HashMap<>();
  private final ProjectManifest manifest;

  /// @param files by their path in the project
  TestProject(Map<String, Path> files) {
    var lines = new TreeMap<String, String>();
    lines.put(".", "d 0700 - .");
    files.forEach((name, file) -> {
      for (var end = name.indexOf('/');
          end > 0 && !name.startsWith("..");
          end = name.indexOf('/', end + 1)) {
        lines.put(name.substring(0, end), "d 0700 - " + name.substring(0, end));
      }
      try {
        var sha256 = Sha256.of(file);
        contents.put(sha256, file);
        lines.put(
            name, "f 0" + (file.toFile().canExecute() ? "7" : "6") + "00 " + sha256 + " " + name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    manifest = ProjectManifest.of(lines);
  }

  @Override
  public Identity identity() {
    return new Identity("test", manifest.digest().substring(0, 16), Path.of("/srv/project"));
  }

  @Override
  public ProjectManifest manifest() {
    return manifest;
  }

  @Override
  public Optional<ProjectManifest> known() {
    return Optional.empty();
  }

  @Override
  public Map<String, Path> contents() {
    return contents;
  }

  @Override
  public boolean renew() {
    return false;
  }

  @Override
  public void arrived() {}
}
