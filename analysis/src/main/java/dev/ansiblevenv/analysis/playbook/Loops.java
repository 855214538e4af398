package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// The scopes in which a task runs: one an item of its loop, as far as the items are known.
final class Loops {

  private static final int MOST_ITEMS = 300;

  private Loops() {}

  /// @param scope with the task's own `vars:`
  /// @return at least one scope; where the items are not known, one in which the item is not
  static List<Scope> scopes(YamlMapping task, Scope scope) {
    var variable = variable(task);
    for (var entry : task.entries()) {
      var key = entry.key();
      if (key.equals("loop") || key.startsWith("with_")) {
        var items = items(key, entry.value(), new Evaluator(scope));
        return items.isEmpty()
            ? List.of(scope.with(variable, Value.UNKNOWN))
            : items.stream().limit(MOST_ITEMS).map(item -> scope.with(variable, item)).toList();
      }
    }
    return List.of(scope);
  }

  /// One scope in which the loop's variable is any of its items.
  static Scope anyItem(YamlMapping task, Scope scope) {
    var variable = variable(task);
    var scopes = scopes(task, scope);
    if (scopes.size() == 1) {
      return scopes.getFirst();
    }
    var items = new ArrayList<Value>();
    for (var each : scopes) {
      var item = each.get(variable);
      items.add(item == null ? Value.UNKNOWN : item);
    }
    return scope.with(variable, new Value.OneOf(List.copyOf(items)));
  }

  private static String variable(YamlMapping task) {
    var control = YamlMapping.of(task.get("loop_control"));
    var named = control == null ? null : control.text("loop_var");
    return named == null ? "item" : named;
  }

  private static List<Value> items(String key, Node node, Evaluator evaluator) {
    var values = values(node, evaluator);
    return switch (key.substring(key.lastIndexOf('.') + 1).replace("with_", "")) {
      case "loop" -> evaluator.allItems(values);
      case "items", "list", "flattened" -> evaluator.allItems(evaluator.allItems(values));
      case "dict" -> pairs(node, evaluator);
      case "first_found" -> List.of(new Value.FirstFound(values));
      case "fileglob" -> List.of(new Value.FileGlob(values));
      default -> List.of();
    };
  }

  private static List<Value> values(Node node, Evaluator evaluator) {
    var text = YamlMapping.text(node);
    return text == null ? List.of(new Value.Data(node)) : evaluator.values(text);
  }

  private static List<Value> pairs(Node node, Evaluator evaluator) {
    var pairs = new ArrayList<Value>();
    for (var value : values(node, evaluator)) {
      var mapping = value instanceof Value.Data(MappingNode dict) ? mapping(dict) : null;
      if (mapping != null) {
        mapping.entries().forEach(e -> pairs.add(new Value.KeyValue(e.key(), e.value())));
      }
    }
    return pairs;
  }

  private static @Nullable YamlMapping mapping(MappingNode node) {
    return YamlMapping.of(node);
  }
}
