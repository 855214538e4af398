package dev.ansiblevenv.orchestration.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The inventory that counts, and who named it. The sources of a later origin count only where no
/// earlier one names any, as with [`ansible-inventory`
/// itself](https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html).
///
/// @param sources absolute paths of files and directories, or lists of hosts with a comma, in the
///   order in which Ansible merges them
public record InventorySources(List<String> sources, Origin origin) {

  /// Who named the sources.
  public enum Origin {
    /// `--inventory`
    OPTION,
    /// `ANSIBLE_INVENTORY`
    ENVIRONMENT,
    /// `[defaults] inventory` of `ansible.cfg`
    CONFIGURATION,
    /// Nobody: a file of the project that has a usual name.
    CONVENTION,
    /// The project has no inventory.
    NONE
  }

  public InventorySources {
    sources = List.copyOf(sources);
  }

  /// Whether a person named them. Programs and inventory plugins run only then.
  public boolean isNamed() {
    return origin != Origin.CONVENTION && origin != Origin.NONE;
  }

  /// Whether the text is a list of hosts rather than a path.
  static boolean isHostList(String source) {
    return source.contains(",") && !Files.exists(Path.of(source));
  }
}
