package dev.ansiblevenv.analysis.playbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The extra variables of a call (`--extra-vars`), which win over every variable of a file. Any of
/// them may be a secret.
///
/// @param values names to JSON values: text, numbers, booleans, null, lists, maps; values with a
///   tag as Ansible's own JSON has them (`__ansible_vault`, `__ansible_unsafe`)
public record CallVariables(Map<String, Object> values) {

  public static final CallVariables NONE = new CallVariables(Map.of());

  public CallVariables {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Without the values.
  @Override
  public String toString() {
    return "CallVariables" + values.keySet();
  }
}
