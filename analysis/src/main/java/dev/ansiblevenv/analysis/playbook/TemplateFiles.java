package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.jinja.JinjaUses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Template files and what they name; a template may include others.
final class TemplateFiles {

  private final ClosureReader reader;

  TemplateFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// @param name as written, may be a template itself
  void read(Context context, String subdirectory, String name, Site site) {
    for (var value : new Evaluator(context.scope()).values(name)) {
      var found = reader.named().files(context, subdirectory, value);
      found.files().forEach(file -> read(context, file));
      if (found.files().isEmpty()) {
        reader.add(new Reference.Unknown(site, "template", name));
      }
    }
  }

  private void read(Context context, Path file) {
    if (!reader.visit(new Visited(file))) {
      return;
    }
    var content = reader.files().read(file);
    reader.collected().add(String.valueOf(reader.files().name(file)), FileKind.RAW, content);
    var text = new String(content, StandardCharsets.UTF_8);
    reader.later(() -> reader.strings().add(context.in(file), JinjaUses.ofTemplate(text), 1));
  }

  private record Visited(Path file) {}
}
