package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.requirement.BindepFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads `bindep.txt` where [bindep](https://docs.opendev.org/opendev/bindep/latest/readme.html)
/// and [ansible-builder](https://ansible.readthedocs.io/projects/builder/en/stable/) find it: in
/// the project and in a collection.
final class BindepFiles {

  private final ClosureReader reader;
  private final List<Requirements.In<BindepFile.Line>> rules = new ArrayList<>();

  BindepFiles(ClosureReader reader) {
    this.reader = reader;
  }

  void read(Path file) {
    if (!reader.files().isFile(file) || !reader.visit("bindep", file)) {
      return;
    }
    var name = String.valueOf(reader.files().name(file));
    var bindep = BindepFile.parse(new String(reader.files().read(file), StandardCharsets.UTF_8));
    var text = new StringBuilder();
    for (var line : bindep.rules()) {
      text.append(line.rule()).append('\n');
      if (line.rule().isForUse()) {
        rules.add(new Requirements.In<>(name, line));
      }
    }
    reader.collected().add(name, FileKind.TEXT, text.toString().getBytes(StandardCharsets.UTF_8));
    for (var line : bindep.unreadable()) {
      reader
          .collected()
          .finding(
              new Site(name, line), "requirements[bindep]", "bindep would refuse this line", false);
    }
  }

  /// What another file says instead of naming a bindep file.
  void inline(String name, int number, String text) {
    for (var line : BindepFile.parse(text).rules()) {
      if (line.rule().isForUse()) {
        rules.add(new Requirements.In<>(name, new BindepFile.Line(line.rule(), number)));
      }
    }
  }

  List<Requirements.In<BindepFile.Line>> rules() {
    return List.copyOf(rules);
  }
}
