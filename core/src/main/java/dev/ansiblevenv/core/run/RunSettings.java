package dev.ansiblevenv.core.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Ansible's settings for a run, which its tasks do not see.
///
/// @param values under the names of Ansible's environment variables; [#PROJECT] in them is the
///   directory of the project on the host, and what follows [#ROOT] a path of the controller
/// @param configuration content of an `ansible.cfg` that is not in the project; it counts instead
///   of the file that `ANSIBLE_CONFIG` names
public record RunSettings(Map<String, String> values, Optional<String> configuration) {

  public static final String PROJECT = "{project}";

  /// Before an absolute path of the controller: where that is on the host.
  public static final String ROOT = "{root}";

  private static final String FILE = "ANSIBLE_CONFIG";

  /// No `ansible.cfg` counts.
  public static final RunSettings NONE = new RunSettings(Map.of(), Optional.empty());

  public RunSettings {
    var all = new LinkedHashMap<>(values);
    all.putIfAbsent(FILE, "");
    values = Map.copyOf(all);
  }

  /// With the `ansible.cfg` of this path, in which [#PROJECT] stands for the project's directory.
  public static RunSettings of(String file) {
    return new RunSettings(Map.of(FILE, file), Optional.empty());
  }
}
