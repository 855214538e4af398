package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells which files of a project Ansible, or this program, would load: by their names, and by the
/// places that the configuration and the command name. A host is not trusted with those: what it
/// wrote there would run on this machine.
public final class LoadedFiles {

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

  private final Path project;
  private final List<Path> places;

  private LoadedFiles(Path project, List<Path> places) {
    this.project = project;
    this.places = places;
  }

  /// @param inventories files and directories, absolute
  public static LoadedFiles of(Path project, AnsibleSettings settings, List<Path> inventories) {
    var places = new ArrayList<>(inventories);
    places.addAll(settings.paths(SettingName.ROLES_PATH));
    places.addAll(settings.paths(SettingName.COLLECTIONS_PATH));
    SettingName.PLUGINS.forEach(name -> places.addAll(settings.paths(name)));
    var top = project.toAbsolutePath().normalize();
    // A place above the project would have everything in it.
    return new LoadedFiles(
        top,
        places.stream()
            .map(place -> place.toAbsolutePath().normalize())
            .filter(place -> place.startsWith(top) && !place.equals(top))
            .toList());
  }

  /// @param names of the path from the project's directory on
  boolean has(List<String> names) {
    return isLoadedByName(names) || isInPlace(project.resolve(String.join("/", names)));
  }

  private boolean isInPlace(Path file) {
    return places.stream().anyMatch(file::startsWith);
  }

  private static boolean isLoadedByName(List<String> names) {
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
