package dev.ansiblevenv.core.session;

import java.util.List;

/// A venv's files held against what was installed.
///
/// @param problems what differs; empty when healthy
public record Verification(Status status, List<String> problems) {

  /// What stands at the venv's name.
  public enum Status {
    HEALTHY,
    UNHEALTHY,
    ABSENT,
    /// Something that this program did not make.
    FOREIGN
  }
}
