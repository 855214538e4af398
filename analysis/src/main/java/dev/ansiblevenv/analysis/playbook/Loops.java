package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/// The scopes in which a task runs: one an item of its loop, as far as the items are known.
final class Loops {

  private static final int MOST_ITEMS = 300;

  private Loops() {}

  /// @param scope with the task's own `vars:`
  /// @return at least one scope; where the items are not known, one in which the item is not
  static List<Scope> scopes(YamlMapping task, Scope scope) {
    if (!loops(task)) {
      return List.of(scope);
    }
    var variable = variable(task);
    var items = items(task, new Evaluator(scope));
    var read =
        items.size() > MOST_ITEMS
            ? Stream.concat(items.stream().limit(MOST_ITEMS), Stream.of(Value.UNKNOWN))
            : items.stream();
    return read.map(item -> scope.with(variable, item)).toList();
  }

  static boolean loops(YamlMapping task) {
    return task.entries().stream().anyMatch(entry -> isLoop(entry.key()));
  }

  private static boolean isLoop(String key) {
    return key.equals("loop") || key.startsWith("with_");
  }

  /// One scope in which the loop's variable is any of its items.
  static Scope anyItem(YamlMapping task, Scope scope) {
    return loops(task) ? scope.with(variable(task), new Value.LoopItem(task, scope)) : scope;
  }

  private static String variable(YamlMapping task) {
    var control = YamlMapping.of(task.get("loop_control"));
    var named = control == null ? null : control.text("loop_var");
    return named == null ? "item" : named;
  }

  /// At least one; an unknown one where the items are not known.
  static List<Value> items(YamlMapping task, Evaluator evaluator) {
    for (var entry : task.entries()) {
      if (isLoop(entry.key())) {
        var items = items(entry.key(), entry.value(), evaluator);
        return items.isEmpty() ? List.of(Value.UNKNOWN) : items;
      }
    }
    return List.of(Value.UNKNOWN);
  }

  private static List<Value> items(String key, Node node, Evaluator evaluator) {
    var values = values(node, evaluator);
    return switch (key.substring(key.lastIndexOf('.') + 1).replace("with_", "")) {
      case "loop" -> evaluator.allItems(values);
      case "items", "list", "flattened" -> evaluator.allItems(evaluator.allItems(values));
      case "dict" -> Objects.requireNonNullElse(evaluator.pairs(values), List.of());
      case "first_found" -> List.of(new Value.FirstFound(values));
      case "fileglob" -> List.of(new Value.FileGlob(values));
      default -> List.of();
    };
  }

  private static List<Value> values(Node node, Evaluator evaluator) {
    var text = YamlMapping.text(node);
    return text == null ? List.of(new Value.Data(node)) : evaluator.values(text);
  }
}
