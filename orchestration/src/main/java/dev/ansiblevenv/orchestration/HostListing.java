package dev.ansiblevenv.orchestration;

import java.util.List;

/// The venvs of a host, as its host record says.
public record HostListing(String hostname, List<InstalledVenv> venvs) {

  /// @param path of the venv on the host
  /// @param installedDate ISO 8601 local date and time
  /// @param specKnown whether the project still has the venv's specification
  public record InstalledVenv(String name, String path, String installedDate, boolean specKnown) {}
}
