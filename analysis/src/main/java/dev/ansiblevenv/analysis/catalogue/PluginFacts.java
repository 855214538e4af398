package dev.ansiblevenv.analysis.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The facts about the plugins of one kind in a collection, while its index is made.
///
/// @param names that the collection provides
/// @param redirects names that moved, to the fully qualified new ones
/// @param removed names that are gone, to the owner's words on it
/// @param deprecated the same for names that will go
/// @param needs by name; a plugin that needs nothing is not in it
public record PluginFacts(
    SortedSet<String> names,
    SortedMap<String, String> redirects,
    SortedMap<String, String> removed,
    SortedMap<String, String> deprecated,
    SortedMap<String, List<PluginNeed>> needs) {

  public PluginFacts() {
    this(new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /// These facts, and of names that nothing of them is about those of another release. A name that
  /// either provides is provided.
  PluginFacts and(PluginFacts other) {
    var both = new PluginFacts();
    both.names.addAll(names);
    both.names.addAll(other.names);
    other.redirects.forEach((name, target) -> putIfOpen(both, name, target, both.redirects));
    other.removed.forEach((name, message) -> {
      if (!redirects.containsKey(name)) {
        putIfOpen(both, name, message, both.removed);
      }
    });
    redirects.forEach((name, target) -> {
      both.removed.remove(name);
      putIfOpen(both, name, target, both.redirects);
    });
    removed.forEach((name, message) -> {
      both.redirects.remove(name);
      putIfOpen(both, name, message, both.removed);
    });
    both.deprecated.putAll(other.deprecated);
    both.deprecated.putAll(deprecated);
    other.needs.forEach((name, need) -> {
      if (!names.contains(name)) {
        both.needs.put(name, new ArrayList<>(need));
      }
    });
    both.needs.putAll(needs);
    return both;
  }

  private static void putIfOpen(
      PluginFacts both, String name, String value, SortedMap<String, String> into) {
    if (!both.names.contains(name)) {
      into.put(name, value);
    }
  }
}
