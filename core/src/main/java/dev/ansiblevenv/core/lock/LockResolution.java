package dev.ansiblevenv.core.lock;

import java.util.List;

/// A lock, and what a person may want to know of how it came about.
///
/// @param without the dispensable collections that are nowhere to be had
public record LockResolution(Lock lock, AnsibleCoreChoice ansibleCore, List<Unavailable> without) {

  /// @param why in one line
  public record Unavailable(String collection, String why) {}

  public LockResolution {
    without = List.copyOf(without);
  }
}
