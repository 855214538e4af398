package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.jinja.Delimiters;
import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.jinja.JinjaUses;
import dev.ansiblevenv.analysis.jinja.Token;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Template files and what they name; a template may include others.
final class TemplateFiles {

  private static final String DEFAULT = "template ";
  private static final List<String> MODULES =
      List.of("template", "ansible.legacy.template", "ansible.builtin.template");

  private final ClosureReader reader;

  TemplateFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// The source of a task that renders a template.
  ///
  /// @param name as written, may be a template itself
  void read(Context context, Action action, String name, Site site) {
    var delimiters = delimiters(context, action);
    if (delimiters == null) {
      reader.add(new Reference.Unknown(site, "template", name));
    } else {
      included(context, name, delimiters, site);
    }
  }

  /// @param delimiters of the template that includes it
  void included(Context context, String name, Delimiters delimiters, Site site) {
    reader.decide(
        JinjaLexer.isTemplate(name),
        () -> {
          var found = reader.named().named(context, "templates", name);
          read(context, found, delimiters, name, site);
        });
  }

  /// A file that may as well be no template of the project's.
  void readIfThere(Context context, Action action, String name) {
    var delimiters = delimiters(context, action);
    if (delimiters != null) {
      var found = reader.named().named(context, "templates", name);
      found.files().forEach(file -> read(context, file, delimiters));
    }
  }

  /// @param term what `lookup('template', …)` is given
  /// @param options its named arguments
  void looked(Context context, List<Token> term, Map<String, String> options, Site site) {
    reader.decide(
        term.size() > 1 || term.getFirst().kind() == Token.Kind.NAME,
        () -> lookUp(context, term, options, site));
  }

  private void lookUp(Context context, List<Token> term, Map<String, String> options, Site site) {
    var values = new Evaluator(context.scope()).expression(term);
    var text = term.stream().map(Token::text).collect(Collectors.joining(" "));
    var delimiters = options.isEmpty() ? Delimiters.USUAL : Delimiters.USUAL.with(options);
    read(context, reader.named().each(context, "templates", values), delimiters, text, site);
  }

  /// Those of the task, else of `module_defaults`; null where only a run knows them.
  private static @Nullable Delimiters delimiters(Context context, Action action) {
    Map<String, String> set = new HashMap<>();
    for (var option : Delimiters.OPTIONS) {
      var written = action.argument(option);
      var values =
          written == null
              ? defaults(context, option)
              : new Evaluator(context.scope()).values(written);
      for (var text : new Evaluator(context.scope()).texts(values)) {
        if (!FileSearch.isKnown(text)) {
          return null;
        }
        set.put(option, text);
      }
    }
    return Delimiters.USUAL.with(set);
  }

  private static List<Value> defaults(Context context, String option) {
    var name = DEFAULT + option;
    return context.scope().sets(name) ? new Evaluator(context.scope()).variable(name) : List.of();
  }

  /// The scope inside of `module_defaults`. No variable can be called as these values are.
  Scope scope(Scope outer, @Nullable Node moduleDefaults) {
    var added = new HashMap<String, Value>();
    var list = YamlMapping.items(moduleDefaults);
    for (var node : list.isEmpty() && moduleDefaults != null ? List.of(moduleDefaults) : list) {
      var defaults = YamlMapping.of(node);
      if (defaults == null) {
        continue;
      }
      for (var module : MODULES) {
        addDelimiters(YamlMapping.of(defaults.get(module)), added);
      }
    }
    return outer.with(Level.MAGIC, added);
  }

  private static void addDelimiters(@Nullable YamlMapping arguments, Map<String, Value> added) {
    if (arguments == null) {
      return;
    }
    for (var option : Delimiters.OPTIONS) {
      var value = arguments.get(option);
      if (value != null) {
        added.put(DEFAULT + option, new Value.Data(value));
      }
    }
  }

  private void read(
      Context context, FileSearch.Found found, Delimiters delimiters, String name, Site site) {
    found.files().forEach(file -> read(context, file, delimiters));
    if (found.files().isEmpty() || found.open()) {
      reader.add(new Reference.Unknown(site, "template", name));
    }
  }

  private void read(Context context, Path file, Delimiters delimiters) {
    var first = reader.enter(context, "template", file, delimiters);
    if (first == null) {
      return;
    }
    var content = reader.files().read(file);
    reader.collected().add(String.valueOf(reader.files().name(file)), FileKind.RAW, content);
    var text = new String(content, StandardCharsets.UTF_8);
    reader.later(() -> {
      var uses = JinjaUses.ofTemplate(text, delimiters);
      reader.strings().add(first.in(file), uses, 1, delimiters);
    });
  }
}
