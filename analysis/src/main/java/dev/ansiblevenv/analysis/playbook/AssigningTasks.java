package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/// Tasks that set variables for those that come after them: `set_fact`, `include_vars`, `register`,
/// `add_host`, `group_by`.
final class AssigningTasks {

  /// What a task surely sets.
  record Assigned(Level level, Map<String, Value> variables) {

    static final Assigned NOTHING = new Assigned(Level.SET_FACT, Map.of());
  }

  /// Keywords that can keep a task from setting anything for its host.
  private static final List<String> UNSURE =
      List.of("when", "tags", "delegate_to", "failed_when", "ignore_errors", "ignore_unreachable");

  private static final List<String> OPTIONS = List.of("cacheable", "_raw_params");

  private final ClosureReader reader;

  AssigningTasks(ClosureReader reader) {
    this.reader = reader;
  }

  /// Notes what the task sets, in whichever run.
  Assigned by(Context context, YamlMapping task, Action action, Site site) {
    register(task);
    return switch (action.coreName()) {
      case "set_fact" -> facts(context, task, action);
      case "include_vars" -> new Assigned(Level.INCLUDE_VARS, included(context, task, action));
      case "add_host" -> {
        added(context, task, action);
        yield Assigned.NOTHING;
      }
      case "group_by" -> {
        reader.assignments().changesHosts();
        yield Assigned.NOTHING;
      }
      default -> Assigned.NOTHING;
    };
  }

  private void register(YamlMapping task) {
    var name = task.text("register");
    if (name != null) {
      reader.assignments().add(Level.SET_FACT, name.strip(), Value.UNKNOWN);
    }
  }

  private Assigned facts(Context context, YamlMapping task, Action action) {
    var scope = Loops.anyItem(task, context.scope());
    var sure = new HashMap<String, Value>();
    for (var argument : arguments(action).entrySet()) {
      var name = argument.getKey();
      var value = new Value.Rendered(argument.getValue(), scope);
      sure.put(name, value);
      reader.decide(
          JinjaLexer.isTemplate(name),
          () -> {
            for (var each : new Evaluator(scope).names(name)) {
              reader.assignments().add(Level.SET_FACT, each, value);
            }
          });
    }
    return isSure(task) ? new Assigned(Level.SET_FACT, sure) : Assigned.NOTHING;
  }

  private Map<String, Value> included(Context context, YamlMapping task, Action action) {
    return isSure(task) && !action.isComputed()
        ? reader.variables().surelyIncluded(context, action)
        : Map.of();
  }

  /// The arguments of `add_host` are variables of the new host.
  private void added(Context context, YamlMapping task, Action action) {
    reader.assignments().changesHosts();
    var scope = Loops.anyItem(task, context.scope());
    arguments(action)
        .forEach((name, node) ->
            reader.assignments().add(Level.HOST, name, new Value.Rendered(node, scope)));
  }

  private static Map<String, Node> arguments(Action action) {
    var arguments = new HashMap<String, Node>();
    action.text().values().forEach((name, text) -> arguments.put(name, CallScope.text(text)));
    Stream.of(action.more(), action.arguments())
        .forEach(mapping -> {
          if (mapping != null) {
            mapping.entries().forEach(entry -> arguments.put(entry.key(), entry.value()));
          }
        });
    arguments.keySet().removeAll(OPTIONS);
    return arguments;
  }

  private static boolean isSure(YamlMapping task) {
    return UNSURE.stream().noneMatch(task::has) && !Loops.loops(task);
  }

  /// The scope behind the task. A skipped task registers a result as well.
  Scope behind(Scope before, YamlMapping task, Assigned assigned) {
    var scope = before.with(assigned.level(), assigned.variables());
    var name = task.text("register");
    return name == null || task.has("tags")
        ? scope
        : scope.with(Level.SET_FACT, Map.of(name.strip(), Value.UNKNOWN));
  }
}
