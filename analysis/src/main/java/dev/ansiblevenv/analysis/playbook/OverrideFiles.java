package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.override.OverrideFile;
import dev.ansiblevenv.analysis.override.Overrides;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/// Reads `ansible-venv.yml` beside the playbook and in the directories above it up to the project
/// directory. Of each only what applies to this playbook is in the closure.
final class OverrideFiles {

  private final ClosureReader reader;

  OverrideFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when a file is not valid
  Overrides read(Path playbook) {
    var levels = new ArrayList<Overrides>();
    for (var directory = Place.directory(playbook);
        directory != null && directory.startsWith(reader.files().project());
        directory = directory.getParent()) {
      var file = directory.resolve(OverrideFile.NAME);
      if (reader.files().isFile(file)) {
        levels.addFirst(read(file, directory, playbook));
      }
    }
    var all = Overrides.join(levels);
    all.entries().stream()
        .map(entry -> entry.file())
        .distinct()
        .forEach(name ->
            reader
                .collected()
                .add(name, FileKind.TEXT, all.in(name).content().getBytes(StandardCharsets.UTF_8)));
    return all;
  }

  private Overrides read(Path file, Path directory, Path playbook) {
    var name = String.valueOf(reader.files().name(file));
    var content = OverrideFile.parse(name, reader.files().read(file));
    content
        .playbookLines()
        .forEach((path, line) -> {
          var named = FileSearch.resolved(directory, path);
          if (named == null || !reader.files().isFile(named)) {
            reader
                .collected()
                .finding(
                    new Site(name, line),
                    "ansible-venv[unknown-playbook]",
                    "there is no playbook `" + path + "` for these overrides",
                    false);
          }
        });
    return content.of(directory.relativize(playbook).toString().replace('\\', '/'));
  }
}
