package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The inventory of a project, as a command without options finds it.
final class TestInventory {

  private TestInventory() {}

  static InventoryManager of(Path project, String... named) {
    var paths =
        List.of(named).stream()
            .map(name -> name.contains(",") ? name : project.resolve(name).toString())
            .toList();
    var configurations =
        new ConfigurationLookup(project, project, Map.of("HOME", project + "/nobody"));
    return new InventoryManager(project, paths, Map.of(), configurations::forProject);
  }
}
