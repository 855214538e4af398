package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.jinja.JinjaUses;
import dev.ansiblevenv.analysis.jinja.Token;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Template files and what they name; a template may include others.
final class TemplateFiles {

  private final ClosureReader reader;

  TemplateFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// @param name as written, may be a template itself
  void read(Context context, String name, Site site) {
    read(context, reader.named().named(context, "templates", name), name, site);
  }

  /// A file that may as well be no template of the project's.
  void readIfThere(Context context, String name) {
    var found = reader.named().named(context, "templates", name);
    found.files().forEach(file -> read(context, file));
  }

  /// @param term what `lookup('template', …)` is given
  void looked(Context context, List<Token> term, Site site) {
    var values = new Evaluator(context.scope()).expression(term);
    var text = term.stream().map(Token::text).collect(Collectors.joining(" "));
    read(context, reader.named().each(context, "templates", values), text, site);
  }

  private void read(Context context, FileSearch.Found found, String name, Site site) {
    found.files().forEach(file -> read(context, file));
    if (found.files().isEmpty()) {
      reader.add(new Reference.Unknown(site, "template", name));
    }
  }

  private void read(Context context, Path file) {
    if (!reader.visit("template", file)) {
      return;
    }
    var content = reader.files().read(file);
    reader.collected().add(String.valueOf(reader.files().name(file)), FileKind.RAW, content);
    var text = new String(content, StandardCharsets.UTF_8);
    reader.later(() -> reader.strings().add(context.in(file), JinjaUses.ofTemplate(text), 1));
  }
}
