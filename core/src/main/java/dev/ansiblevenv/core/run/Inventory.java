package dev.ansiblevenv.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the run sees as its inventory.
public sealed interface Inventory {

  Map<String, Object> message();

  /// Exactly the host that the run takes place on, with the local connection and the venv's own
  /// interpreter; `hosts: all` means this host and nothing else.
  ///
  /// @param host as the user's inventory names it
  /// @param vars the host's own variables; `ansible_connection` and `ansible_python_interpreter`
  ///   are replaced
  /// @param groups by name
  record TargetOnly(String host, Map<String, ?> vars, Map<String, Group> groups)
      implements Inventory {

    public TargetOnly(String host) {
      this(host, Map.of(), Map.of());
    }

    @Override
    public Map<String, Object> message() {
      var members = new LinkedHashMap<String, Object>();
      groups.forEach((name, group) -> members.put(name, group.message()));
      return Map.of("host", host, "vars", vars, "groups", members);
    }
  }

  /// A wider inventory that the user asked for, as it stands in its file.
  ///
  /// @param name the file's name; Ansible tells formats apart by its ending
  record Text(String name, String text) implements Inventory {

    @Override
    public Map<String, Object> message() {
      return Map.of("name", name, "text", text);
    }
  }

  /// A group of the user's inventory that concerns the target.
  ///
  /// @param member whether the host stands in it itself, not only in one of its children
  record Group(boolean member, List<String> children, Map<String, ?> vars) {

    Map<String, Object> message() {
      return Map.of("member", member, "children", children, "vars", vars);
    }
  }
}
