package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.jinja.Token;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Files that tasks and lookups read where Ansible runs, without their being part of the closure:
/// what a task copies decides nothing about an environment. Those of the project are with the run
/// anyway; those above it are found here.
final class SourceFiles {

  /// The arguments of modules that name such files. See the action plugins of ansible-core,
  /// ansible.posix and ansible.windows: those that call `_find_needle('files', …)`.
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "copy", "src",
          "unarchive", "src",
          "assemble", "src",
          "script", "cmd",
          "patch", "src",
          "synchronize", "src",
          "win_copy", "src");

  private static final Set<String> LOOKUPS = Set.of("file", "unvault", "fileglob");

  private static final Set<String> NO = Set.of("no", "false", "n", "off", "0", "f");

  private final ClosureReader reader;

  SourceFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// @return as written; null where the task names no such file
  static @Nullable String named(Action action) {
    var module = action.name().substring(action.name().lastIndexOf('.') + 1);
    var argument = ARGUMENTS.get(module);
    if (argument == null || isOnTheHost(module, action)) {
      return null;
    }
    return module.equals("script") ? script(action) : action.argument(argument);
  }

  /// `assemble` looks on the host unless it is told otherwise.
  private static boolean isOnTheHost(String module, Action action) {
    var remote = action.argument("remote_src");
    return remote == null
        ? module.equals("assemble")
        : !NO.contains(remote.toLowerCase(Locale.ROOT));
  }

  private static @Nullable String script(Action action) {
    var words = KeyValues.words(Objects.requireNonNullElse(action.freeOr("cmd"), ""));
    return words.isEmpty() ? null : words.getFirst();
  }

  /// @param name of the lookup
  /// @param term the first thing that it is given
  void looked(Context context, String name, List<Token> term) {
    var lookup = name.substring(name.lastIndexOf('.') + 1);
    if (LOOKUPS.contains(lookup) && !term.isEmpty()) {
      var evaluator = new Evaluator(context.scope());
      read(context, evaluator, evaluator.expression(term), lookup.equals("fileglob"));
    }
  }

  /// The list of a task's `with_file` and the like.
  void loop(Context context, String lookup, Node node) {
    if (LOOKUPS.contains(lookup)) {
      var text = YamlMapping.text(node);
      var written = text == null ? YamlMapping.items(node) : List.of(node);
      for (var item : written) {
        var each = YamlMapping.text(item);
        if (each != null) {
          read(context, each, lookup.equals("fileglob"));
        }
      }
    }
  }

  /// @param context in which the item of the task's loop is known
  void read(Context context, String written) {
    read(context, written, false);
  }

  private void read(Context context, String written, boolean isGlob) {
    if (written.contains("..") || JinjaLexer.isTemplate(written)) {
      var evaluator = new Evaluator(context.scope());
      read(context, evaluator, evaluator.values(written), isGlob);
    }
  }

  private void read(Context context, Evaluator evaluator, List<Value> values, boolean isGlob) {
    for (var pattern : evaluator.texts(evaluator.allItems(values))) {
      if (!pattern.contains("..")) {
        continue;
      }
      if (isGlob) {
        reader.search().glob(context, pattern);
      } else {
        reader.search().source(context, pattern);
      }
    }
  }
}
