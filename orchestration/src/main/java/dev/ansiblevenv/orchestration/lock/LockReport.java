package dev.ansiblevenv.orchestration.lock;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockChange;
import dev.ansiblevenv.core.lock.LockedCollection;
import java.util.List;
import java.util.Optional;

/// Which locks were made, changed or found to fit.
///
/// @param dryRun whether nothing of it was written
public record LockReport(boolean dryRun, List<Entry> entries) {

  /// One lock.
  ///
  /// @param name of its profile or spec
  /// @param changes of versions, for an edited playbook from the lock that it had before
  /// @param sources of the collections that are new in the lock or come from another place now
  /// @param packages how many Python packages it holds
  /// @param collections how many collections it holds
  public record Entry(
      String name,
      Status status,
      List<LockChange> changes,
      List<Source> sources,
      String ansibleCore,
      int packages,
      int collections) {

    /// @param own the lock of this name so far
    /// @param before what the new lock is compared with
    public static Entry of(String name, Optional<Lock> own, Optional<Lock> before, Lock after) {
      return new Entry(
          name,
          own.map(old -> old.equals(after) ? Status.UNCHANGED : Status.CHANGED).orElse(Status.NEW),
          before.map(old -> LockChange.between(old, after)).orElse(List.of()),
          newSources(before.map(Lock::collections).orElse(List.of()), after.collections()),
          after.ansibleCoreVersion(),
          after.packages().size(),
          after.collections().size());
    }
  }

  /// What became of a lock.
  public enum Status {
    /// There was none.
    NEW,
    /// Versions differ, or files of the same versions.
    CHANGED,
    UNCHANGED
  }

  /// Where a collection comes from.
  ///
  /// @param source as [LockedCollection#source]
  public record Source(String name, String version, String source) {}

  private static List<Source> newSources(
      List<LockedCollection> before, List<LockedCollection> after) {
    return after.stream()
        .filter(now ->
            before.stream()
                .noneMatch(
                    old -> old.name().equals(now.name()) && old.source().equals(now.source())))
        .map(now -> new Source(now.name(), now.version(), now.source()))
        .toList();
  }
}
