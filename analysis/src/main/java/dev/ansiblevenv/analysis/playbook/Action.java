package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What a task does: the module's name and its arguments, whatever way they are written. The rule
/// is that of ansible-core's `parsing/mod_args.py`: the one key that is no keyword of tasks is the
/// module, or `action`/`local_action` hold it.
///
/// @param name as written; may be a template
/// @param arguments as a mapping; null where they are written as text
/// @param more the task's own `args:`
/// @param line 1-based
record Action(
    String name,
    @Nullable YamlMapping arguments,
    KeyValues text,
    @Nullable YamlMapping more,
    int line) {

  /// The keywords of [tasks and
  /// handlers](https://docs.ansible.com/ansible/latest/reference_appendices/playbooks_keywords.html#task).
  static final Set<String> KEYWORDS =
      Set.of(
          "action",
          "any_errors_fatal",
          "args",
          "async",
          "async_val",
          "become",
          "become_exe",
          "become_flags",
          "become_method",
          "become_user",
          "changed_when",
          "check_mode",
          "collections",
          "connection",
          "debugger",
          "delay",
          "delegate_facts",
          "delegate_to",
          "diff",
          "environment",
          "failed_when",
          "ignore_errors",
          "ignore_unreachable",
          "listen",
          "local_action",
          "loop",
          "loop_control",
          "loop_with",
          "module_defaults",
          "name",
          "no_log",
          "notify",
          "poll",
          "port",
          "register",
          "remote_user",
          "retries",
          "run_once",
          "static",
          "tags",
          "throttle",
          "timeout",
          "until",
          "vars",
          "when");

  /// The names that a task's keys give to its action: one, unless the task is wrong.
  static List<YamlMapping.Entry> candidates(YamlMapping task) {
    var candidates = new ArrayList<YamlMapping.Entry>();
    for (var entry : task.entries()) {
      var key = entry.key();
      if (key.equals("action")
          || key.equals("local_action")
          || (!KEYWORDS.contains(key) && !key.startsWith("with_"))) {
        candidates.add(entry);
      }
    }
    return candidates;
  }

  static Action of(YamlMapping task, YamlMapping.Entry entry) {
    var more = YamlMapping.of(task.get("args"));
    if (!entry.key().equals("action") && !entry.key().equals("local_action")) {
      return ofValue(entry.key(), entry.value(), more, entry.line());
    }
    var mapping = YamlMapping.of(entry.value());
    if (mapping == null) {
      return ofText(String.valueOf(YamlMapping.text(entry.value())), null, more, entry.line());
    }
    var module = mapping.text("module");
    return ofText(module == null ? "" : module, mapping, more, entry.line());
  }

  private static Action ofValue(String name, Node value, @Nullable YamlMapping more, int line) {
    var text = YamlMapping.text(value);
    return new Action(
        name, YamlMapping.of(value), KeyValues.parse(text == null ? "" : text), more, line);
  }

  private static Action ofText(
      String text, @Nullable YamlMapping arguments, @Nullable YamlMapping more, int line) {
    var words = KeyValues.words(text);
    var name = words.isEmpty() ? "" : words.getFirst();
    var rest = text.strip().substring(Math.min(name.length(), text.strip().length()));
    return new Action(name, arguments, KeyValues.parse(rest), more, line);
  }

  /// The name without the prefix that says that it is ansible-core's.
  String coreName() {
    for (var prefix : List.of("ansible.builtin.", "ansible.legacy.")) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }

  /// Whether its name or any argument is a template.
  boolean isComputed() {
    return JinjaLexer.isTemplate(name)
        || JinjaLexer.isTemplate(text.free())
        || text.values().values().stream().anyMatch(JinjaLexer::isTemplate)
        || isComputed(arguments)
        || isComputed(more);
  }

  private static boolean isComputed(@Nullable YamlMapping mapping) {
    return mapping != null
        && mapping.entries().stream().anyMatch(entry -> isComputed(entry.value()));
  }

  private static boolean isComputed(Node node) {
    if (node instanceof ScalarNode scalar) {
      return JinjaLexer.isTemplate(scalar.getValue());
    }
    return node instanceof SequenceNode list
        ? list.getValue().stream().anyMatch(Action::isComputed)
        : isComputed(YamlMapping.of(node));
  }

  /// @return null where the argument is absent or no text
  @Nullable String argument(String key) {
    var node = node(key);
    return node == null ? text.values().get(key) : YamlMapping.text(node);
  }

  /// @return null where the argument is absent or written as `key=value`
  @Nullable Node node(String key) {
    var node = arguments == null ? null : arguments.get(key);
    return node == null && more != null ? more.get(key) : node;
  }

  /// An argument that may also be the whole text: `include_tasks: file.yml`.
  @Nullable String freeOr(String key) {
    var value = argument(key);
    return value == null && !text.free().isEmpty() ? text.free() : value;
  }
}
