package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The files that a value names: one, the first that exists of several, or all that a pattern
/// matches. See [the lookup
/// first_found](https://docs.ansible.com/ansible/latest/collections/ansible/builtin/first_found_lookup.html).
final class NamedFiles {

  private final FileSearch search;

  NamedFiles(FileSearch search) {
    this.search = search;
  }

  /// The files that a string of a YAML file names. Where the variables of the closure lead nowhere,
  /// a run sets others: then every file counts that the string can mean with any variables.
  ///
  /// @param template as written
  FileSearch.Found named(Context context, String subdirectory, String template) {
    return named(context, subdirectory, template, Level.Stage.RUN);
  }

  /// @param stage in which the string is rendered
  FileSearch.Found named(Context context, String subdirectory, String template, Level.Stage stage) {
    var found = each(context, subdirectory, new Evaluator(context.scope(), stage).values(template));
    if (!found.files().isEmpty() || !JinjaLexer.isTemplate(template)) {
      return found;
    }
    var open = context.scope().ofCall();
    return each(context.with(open), subdirectory, new Evaluator(open).values(template));
  }

  FileSearch.Found each(Context context, String subdirectory, List<Value> values) {
    return all(context, subdirectory, Evaluator.defined(values));
  }

  /// @param subdirectory where files of the kind lie; `tasks` is searched as task files are
  private FileSearch.Found files(Context context, String subdirectory, Value value) {
    var evaluator = new Evaluator(context.scope());
    if (value instanceof Value.Text) {
      return all(context, subdirectory, evaluator.texts(List.of(value)));
    }
    return switch (value) {
      case Value.FirstFound(var terms) -> firstFound(context, subdirectory, evaluator, terms);
      case Value.FileGlob(var terms) -> {
        var found = new LinkedHashSet<Path>();
        for (var pattern : evaluator.texts(evaluator.allItems(terms))) {
          found.addAll(search.glob(context, pattern));
        }
        yield new FileSearch.Found(List.copyOf(found), false, false);
      }
      case Value.OneOf(var values) -> all(context, subdirectory, values);
      case Value.Items(var items) -> all(context, subdirectory, items);
      case Value.Data(SequenceNode _), Value.Rendered(SequenceNode _, _) ->
          all(context, subdirectory, evaluator.items(value));
      default -> all(context, subdirectory, evaluator.texts(List.of(value)));
    };
  }

  private FileSearch.Found all(Context context, String subdirectory, List<?> values) {
    var found = new LinkedHashSet<Path>();
    var certain = true;
    var open = false;
    for (var value : values) {
      var one =
          value instanceof Value nested
              ? files(context, subdirectory, nested)
              : one(context, subdirectory, String.valueOf(value));
      found.addAll(one.files());
      certain &= one.certain();
      open |= one.open();
    }
    return new FileSearch.Found(List.copyOf(found), certain && values.size() == 1, open);
  }

  private FileSearch.Found one(Context context, String subdirectory, String pattern) {
    return subdirectory.equals("tasks")
        ? search.tasks(context, pattern)
        : search.needle(context, subdirectory, pattern);
  }

  /// One of the names that are looked for in turn.
  ///
  /// @param patterns more than one where the name has several values
  /// @param sure whether the name has this value and no other
  private record Candidate(List<String> patterns, boolean sure) {}

  /// Every candidate up to the first that surely exists may be the one.
  private FileSearch.Found firstFound(
      Context context, String subdirectory, Evaluator evaluator, List<Value> terms) {
    var found = new LinkedHashSet<Path>();
    var open = false;
    for (var candidate : candidates(evaluator, terms)) {
      for (var pattern : candidate.patterns()) {
        var one = one(context, subdirectory, pattern);
        if (one.files().isEmpty() && subdirectory.equals("tasks")) {
          one = search.needle(context, subdirectory, pattern);
        }
        found.addAll(one.files());
        open |= one.open();
        if (candidate.sure() && one.certain() && !one.files().isEmpty()) {
          return new FileSearch.Found(List.copyOf(found), found.size() == 1 && !open, open);
        }
      }
    }
    return new FileSearch.Found(List.copyOf(found), false, open);
  }

  private static List<Candidate> candidates(Evaluator evaluator, List<Value> terms) {
    var candidates = new ArrayList<Candidate>();
    for (var term : terms) {
      var sure = terms.size() == 1;
      var items =
          term instanceof Value.Data(SequenceNode list)
              ? list.getValue().stream().<Value>map(Value.Data::new).toList()
              : evaluator.items(term);
      for (var item : items) {
        if (item instanceof Value.Data(MappingNode node)) {
          candidates.addAll(inDirectories(evaluator, YamlMapping.of(node), sure));
        } else {
          candidates.addAll(named(evaluator, item, sure && !(term instanceof Value.Items)));
        }
      }
    }
    return candidates;
  }

  private static List<Candidate> inDirectories(
      Evaluator evaluator, @Nullable YamlMapping mapping, boolean sure) {
    var files = mapping == null ? null : mapping.get("files");
    var paths = mapping == null ? null : mapping.get("paths");
    var names =
        files == null
            ? List.<Candidate>of()
            : candidates(evaluator, List.of(new Value.Data(files)));
    if (paths == null) {
      return names;
    }
    var candidates = new ArrayList<Candidate>();
    for (var path : candidates(evaluator, List.of(new Value.Data(paths)))) {
      for (var name : names) {
        var prefixes =
            path.patterns().stream().map(text -> text.isEmpty() ? "" : text + "/").toList();
        candidates.add(
            new Candidate(
                Evaluator.joined(prefixes, name.patterns()), sure && path.sure() && name.sure()));
      }
    }
    return candidates;
  }

  /// Lists may be written as one string with `,`, `;` or `:` between.
  private static List<Candidate> named(Evaluator evaluator, Value value, boolean sure) {
    var text = value instanceof Value.Data(var node) ? YamlMapping.text(node) : null;
    var values = text == null ? List.of(value) : evaluator.values(text);
    var isOne = sure && values.size() == 1;
    var texts = evaluator.texts(evaluator.allItems(values));
    if (texts.stream().noneMatch(listed -> listed.matches("(?s).*[,;:].*"))) {
      return List.of(new Candidate(texts, isOne && texts.size() == 1));
    }
    return texts.stream()
        .flatMap(listed -> Stream.of(listed.split("[,;:]", -1)))
        .map(name -> new Candidate(List.of(name.strip()), isOne && texts.size() == 1))
        .toList();
  }
}
