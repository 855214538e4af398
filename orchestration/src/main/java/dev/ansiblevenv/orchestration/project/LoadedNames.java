package dev.ansiblevenv.orchestration.project;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells which files of a project Ansible, or this program, would load. A host is not trusted with
/// those: what it wrote there would run on this machine.
final class LoadedNames {

  private static final Set<String> DIRECTORIES =
      Set.of(
          "roles",
          "group_vars",
          "host_vars",
          "inventory",
          "inventories",
          "playbooks",
          "tasks",
          "handlers",
          "vars",
          "defaults",
          "meta",
          "library",
          "module_utils",
          // Python believes what lies there, unread by anybody, for its source.
          "__pycache__",
          "collections",
          "ansible_collections",
          "profiles",
          "venv_specs",
          "host_venvs");

  private static final Pattern PLUGINS = Pattern.compile("[a-z]+_plugins");

  private static final Pattern FILES =
      Pattern.compile(
          "ansible.*\\.cfg|ansible-venv\\.ya?ml|galaxy\\.ya?ml|hosts(?:\\..*)?|inventory(?:\\..*)?"
              + "|.*requirements.*\\.(?:txt|in|ya?ml)|pyproject\\.toml|setup\\.(?:py|cfg)|bindep\\.txt"
              + "|execution-environment\\.ya?ml|makefile|.*\\.py[cdow]?|.*\\.so|.*\\.pth|.*\\.toml");

  private static final Pattern YAML = Pattern.compile(".*\\.(?:ya?ml|json)");

  private LoadedNames() {}

  /// @param names of the path from the project's directory on
  static boolean has(List<String> names) {
    for (var name : names.subList(0, names.size() - 1)) {
      var lower = name.toLowerCase(Locale.ROOT);
      if (DIRECTORIES.contains(lower) || PLUGINS.matcher(lower).matches()) {
        return true;
      }
    }
    var last = names.getLast().toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(name -> name.startsWith("."))
        || DIRECTORIES.contains(last)
        || PLUGINS.matcher(last).matches()
        || FILES.matcher(last).matches()
        // Beside the playbooks it could be one.
        || names.size() == 1 && YAML.matcher(last).matches();
  }
}
