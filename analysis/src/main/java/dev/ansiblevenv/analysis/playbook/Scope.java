package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// The variables that files of the closure set where a name is read; inner ones hide outer ones.
/// Inventories and facts may set others: an absent name is not an undefined one.
///
/// @param call the variables that win over those of all files
/// @param wins whether these win over the call's too, as Ansible's magic variables and those of
///   loops do
record Scope(@Nullable Scope outer, Map<String, Value> variables, CallScope call, boolean wins) {

  Scope(Scope outer, Map<String, Value> variables) {
    this(outer, variables, outer.call, false);
  }

  /// @param variables give way to all others
  static Scope outermost(Map<String, Value> variables, CallScope call) {
    return new Scope(null, variables, call, false);
  }

  /// What holds whatever the files say.
  Scope ofCall() {
    return outermost(Map.of(), call);
  }

  /// A magic variable, or one of a loop.
  Scope with(String name, Value value) {
    return new Scope(this, Map.of(name, value), call, true);
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
    var called = call.get(name);
    for (@Nullable Scope scope = this; scope != null; scope = scope.outer) {
      var value = scope.variables.get(name);
      if (value != null && (called == null || scope.wins)) {
        return value;
      }
    }
    if (called != null) {
      call.note(name);
    }
    return called;
  }
}
