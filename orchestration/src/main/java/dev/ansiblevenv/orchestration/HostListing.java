package dev.ansiblevenv.orchestration;

import java.time.LocalDateTime;
import java.util.List;

/// The venvs of a host, as its host record says.
public record HostListing(String hostname, List<Venv> venvs) {

  /// @param path of the venv on the host
  /// @param installedDate local time
  /// @param specKnown whether the project still has the venv's specification
  public record Venv(String name, String path, LocalDateTime installedDate, boolean specKnown) {}
}
