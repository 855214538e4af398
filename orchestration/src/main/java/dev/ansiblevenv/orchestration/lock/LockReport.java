package dev.ansiblevenv.orchestration.lock;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which locks were made, changed or found to fit.
///
/// @param dryRun whether nothing of it was written
public record LockReport(boolean dryRun, List<Entry> entries) {

  /// One lock.
  ///
  /// @param name of its profile or spec
  /// @param changes of versions; none for a lock that is new
  /// @param sources of the collections that are new in the lock or come from another place now
  /// @param packages how many Python packages it holds
  /// @param collections how many collections it holds
  public record Entry(
      String name,
      Status status,
      List<Change> changes,
      List<Source> sources,
      String ansibleCore,
      int packages,
      int collections) {

    static Entry of(String name, Optional<Lock> before, Lock after) {
      return new Entry(
          name,
          before
              .map(old -> old.equals(after) ? Status.UNCHANGED : Status.CHANGED)
              .orElse(Status.NEW),
          before.map(old -> differences(old, after)).orElse(List.of()),
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

  /// A collection or a Python package at other versions than before.
  ///
  /// @param kind `collection` or `package`
  /// @param before none when it is new; more than one where markers tell them apart
  /// @param after none when it is gone
  public record Change(String kind, String name, List<String> before, List<String> after) {}

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

  private static List<Change> differences(Lock before, Lock after) {
    var changes = new ArrayList<Change>();
    add(changes, "collection", collections(before), collections(after));
    add(changes, "package", before.packages(), after.packages());
    return List.copyOf(changes);
  }

  private static SortedMap<String, List<String>> collections(Lock lock) {
    var versions = new TreeMap<String, List<String>>();
    for (LockedCollection collection : lock.collections()) {
      versions.put(collection.name(), List.of(collection.version()));
    }
    return versions;
  }

  private static void add(
      List<Change> changes,
      String kind,
      Map<String, List<String>> before,
      Map<String, List<String>> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (var name : names) {
      var old = before.getOrDefault(name, List.of());
      var now = after.getOrDefault(name, List.of());
      if (!old.equals(now)) {
        changes.add(new Change(kind, name, old, now));
      }
    }
  }
}
