package dev.ansiblevenv.core.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A collection or a Python package at other versions than before.
///
/// @param kind `collection` or `package`
/// @param before none when it is new; more than one where markers tell them apart
/// @param after none when it is gone
public record LockChange(String kind, String name, List<String> before, List<String> after) {

  public static final String COLLECTION = "collection";
  public static final String PACKAGE = "package";

  /// Collections first, each kind sorted by name.
  ///
  /// @throws dev.ansiblevenv.diagnostic.StateConflict when one of the locks is corrupt
  public static List<LockChange> between(Lock before, Lock after) {
    var changes = new ArrayList<LockChange>();
    add(changes, COLLECTION, collections(before), collections(after));
    add(changes, PACKAGE, before.packages(), after.packages());
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
      List<LockChange> changes,
      String kind,
      Map<String, List<String>> before,
      Map<String, List<String>> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (var name : names) {
      var old = before.getOrDefault(name, List.of());
      var now = after.getOrDefault(name, List.of());
      if (!old.equals(now)) {
        changes.add(new LockChange(kind, name, old, now));
      }
    }
  }
}
