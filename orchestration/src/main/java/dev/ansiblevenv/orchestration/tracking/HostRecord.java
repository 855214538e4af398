package dev.ansiblevenv.orchestration.tracking;

import java.util.List;
import java.util.Optional;

/// Which venvs a host has, in the order of their installation.
///
/// @param hostname as it was written when the record was made
/// @param installedVenvs no two of one name
public record HostRecord(String hostname, List<InstalledVenv> installedVenvs) {

  public Optional<InstalledVenv> venv(String name) {
    return installedVenvs.stream().filter(venv -> venv.name().equals(name)).findFirst();
  }

  /// The names of the venvs, sorted, as the inventory shows them.
  public List<String> venvNames() {
    return installedVenvs.stream().map(InstalledVenv::name).sorted().toList();
  }
}
