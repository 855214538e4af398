package dev.ansiblevenv.orchestration.deploy;

import java.util.List;

/// What `cleanup` removed, or would remove.
public record CleanupReport(String hostname, boolean dryRun, List<Removal> removals) {

  /// @param kind `venv`, `environment`, `blob`, `run`, `leftover` and the like on the host; `spec`
  ///   in the project
  /// @param name of the venv, or path on the host
  /// @param bytes given back, 0 where nothing is
  /// @param reason in words
  public record Removal(String kind, String name, long bytes, String reason) {}

  public long bytes() {
    return removals.stream().mapToLong(Removal::bytes).sum();
  }
}
