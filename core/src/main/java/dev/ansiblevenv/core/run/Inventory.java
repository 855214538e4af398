package dev.ansiblevenv.core.run;

import dev.ansiblevenv.core.agent.Blobs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the run sees as its inventory.
public sealed interface Inventory {

  /// By path in the run's inventory directory, with `/`: `group_vars/web.yml`.
  Map<String, Path> files();

  Map<String, Object> said();

  /// @param blobs are told which files the host may lack
  default Map<String, Object> message(Blobs blobs) {
    var message = new LinkedHashMap<>(said());
    message.put("files", RunFollower.files(files(), blobs));
    return message;
  }

  /// Exactly the host that the run takes place on, with the local connection and the venv's own
  /// interpreter; `hosts: all` means this host and nothing else.
  ///
  /// @param host as the user's inventory names it
  /// @param vars the host's own variables; `ansible_connection` and `ansible_python_interpreter`
  ///   are replaced
  /// @param groups by name; of `all` only the variables count
  /// @param files below `group_vars/` and `host_vars/`; those of the host itself below
  ///   `host_vars/HOST/1/`, because the connection is to have the last word
  record TargetOnly(
      String host, Map<String, ?> vars, Map<String, Group> groups, Map<String, Path> files)
      implements Inventory {

    public TargetOnly(String host) {
      this(host, Map.of(), Map.of(), Map.of());
    }

    @Override
    public Map<String, Object> said() {
      var members = new LinkedHashMap<String, Object>();
      groups.forEach((name, group) -> members.put(name, group.message()));
      return Map.of("host", host, "vars", vars, "groups", members);
    }
  }

  /// A wider inventory that the user asked for, as it stands.
  ///
  /// @param sources paths of `files`, or of directories that hold some of them, or lists of hosts,
  ///   which have a comma
  record Given(List<String> sources, Map<String, Path> files) implements Inventory {

    @Override
    public Map<String, Object> said() {
      return Map.of("sources", sources);
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
