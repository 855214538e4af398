package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import dev.ansiblevenv.orchestration.inventory.InventorySources.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Finds the inventory that counts: the command's, else what `ANSIBLE_INVENTORY` names, else what
/// `ansible.cfg` names, else the project's own file with a usual name. `/etc/ansible/hosts`,
/// Ansible's last resort, is not used: it belongs to the controller, not to the project.
///
/// @param named by the command; absolute paths or lists of hosts
/// @param environment the caller's
record SourceLookup(Path project, List<String> named, Map<String, String> environment) {

  /// Where a new inventory is made.
  static final String NEW = "inventory/hosts";

  /// In this order. The directory `inventory` counts whole if it has none of the files before it.
  private static final List<String> CONVENTIONS =
      List.of(
          NEW,
          "inventory/hosts.yml",
          "inventory/hosts.yaml",
          "inventory/hosts.ini",
          "inventory",
          "inventory.yml",
          "inventory.yaml",
          "inventory.ini",
          "hosts",
          "hosts.yml",
          "hosts.yaml",
          "hosts.ini");

  InventorySources find(AnsibleSettings settings) {
    if (!named.isEmpty()) {
      return new InventorySources(named, Origin.OPTION);
    }
    var configured = settings.pathList(SettingName.INVENTORY).stream().map(Path::toString).toList();
    if (!configured.isEmpty()) {
      var isOfEnvironment =
          SettingName.INVENTORY.variables().stream().anyMatch(environment::containsKey);
      return new InventorySources(
          configured, isOfEnvironment ? Origin.ENVIRONMENT : Origin.CONFIGURATION);
    }
    return CONVENTIONS.stream()
        .map(project::resolve)
        .filter(path -> isInventory(path, settings))
        .findFirst()
        .map(path -> new InventorySources(List.of(path.toString()), Origin.CONVENTION))
        .orElse(new InventorySources(List.of(), Origin.NONE));
  }

  private static boolean isInventory(Path path, AnsibleSettings settings) {
    return Files.isDirectory(path)
        ? !SourceFiles.of(settings).in(path).isEmpty()
        : Files.isRegularFile(path);
  }
}
