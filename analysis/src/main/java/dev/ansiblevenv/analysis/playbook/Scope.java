package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// The variables that files of the closure set where a name is read; inner ones hide outer ones.
/// Inventories, facts and the command line may set others: an absent name is not an undefined one.
record Scope(@Nullable Scope outer, Map<String, Value> variables) {

  static final Scope EMPTY = new Scope(null, Map.of());

  Scope with(String name, Value value) {
    return new Scope(this, Map.of(name, value));
  }

  /// @param node a mapping of variables; anything else adds nothing
  Scope with(@Nullable Node node) {
    var mapping = YamlMapping.of(node);
    if (mapping == null) {
      return this;
    }
    var added = new HashMap<String, Value>();
    mapping.entries().forEach(entry -> added.put(entry.key(), new Value.Data(entry.value())));
    return added.isEmpty() ? this : new Scope(this, added);
  }

  /// Whether a scope sets the variable, the outermost not asked: it holds what gives way to all
  /// others.
  boolean sets(String name) {
    for (var scope = this; scope.outer != null; scope = scope.outer) {
      if (scope.variables.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  @Nullable Value get(String name) {
    for (@Nullable Scope scope = this; scope != null; scope = scope.outer) {
      var value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
