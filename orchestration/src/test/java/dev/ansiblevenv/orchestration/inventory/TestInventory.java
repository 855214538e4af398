package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The inventory of a project, as a command finds it that is called in the project directory.
final class TestInventory {

  private TestInventory() {}

  /// @param named by the command: paths in the project, or lists of hosts
  static InventoryManager of(Path project, String... named) {
    return of(project, Map.of(), named);
  }

  static InventoryManager of(Path project, Map<String, String> environment, String... named) {
    var paths =
        List.of(named).stream()
            .map(name -> name.contains(",") ? name : project.resolve(name).toString())
            .toList();
    var variables = new java.util.HashMap<>(environment);
    variables.put("HOME", project + "/nobody");
    variables.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
    var configurations = new ConfigurationLookup(project, project, variables);
    return new InventoryManager(
        project, paths, variables, configurations::forProject, withCoreOnly(project, variables));
  }

  private static PluginEnvironments withCoreOnly(Path project, Map<String, String> variables) {
    return new PluginEnvironments(
        project,
        variables,
        Catalogue::load,
        wanted -> {
          throw new AssertionError("nothing is locked here");
        },
        project.resolve("nobody/cache"),
        () -> "3.11.0",
        () -> AnsibleEnvironment.get().python().getParent().getParent(),
        pylock -> {
          throw new AssertionError("nothing is built here");
        },
        lock -> project);
  }
}
