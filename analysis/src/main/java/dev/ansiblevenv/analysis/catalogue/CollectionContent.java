package dev.ansiblevenv.analysis.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// All that is known of a collection, from which the text of its index is written.
///
/// @param collection `namespace.name`
/// @param origins a version of the collection with where it was found, such as `12.6.2
///   ansible-12.3.0`; the one that counts first
/// @param requiresAnsible PEP 440 specifier set on ansible-core, empty for any
/// @param dependencies Galaxy version ranges by collection
/// @param system lines of bindep
/// @param kinds by the word that stands for a kind in an index
/// @param groups names for `module_defaults`, to fully qualified modules
/// @param uses what each role uses
public record CollectionContent(
    String collection,
    List<String> origins,
    String requiresAnsible,
    SortedMap<String, String> dependencies,
    SortedSet<String> roles,
    List<String> system,
    SortedMap<String, PluginFacts> kinds,
    SortedMap<String, SortedSet<String>> groups,
    SortedMap<String, List<RoleUse>> uses) {

  /// The word for action plugins, whose names are another namespace than those of modules.
  public static final String ACTION = "action";

  /// The word for filters and tests that Jinja itself has, in the index of ansible-core.
  public static final String JINJA = "jinja-";

  public CollectionContent(String collection, List<String> origins, String requiresAnsible) {
    this(
        collection,
        origins,
        requiresAnsible,
        new TreeMap<>(),
        new TreeSet<>(),
        new ArrayList<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /// The facts about a kind, to add to.
  public PluginFacts kind(String word) {
    return kinds.computeIfAbsent(word, _ -> new PluginFacts());
  }

  /// This release, and what only another one has.
  public CollectionContent and(CollectionContent other) {
    var allOrigins = new LinkedHashSet<>(origins);
    allOrigins.addAll(other.origins);
    var both = new CollectionContent(collection, List.copyOf(allOrigins), requiresAnsible);
    both.dependencies.putAll(dependencies);
    both.roles.addAll(roles);
    both.roles.addAll(other.roles);
    both.system.addAll(system);
    var words = new TreeSet<>(kinds.keySet());
    words.addAll(other.kinds.keySet());
    for (var word : words) {
      both.kinds.put(word, kind(word).and(other.kind(word)));
    }
    both.groups.putAll(other.groups);
    both.groups.putAll(groups);
    both.uses.putAll(other.uses);
    both.uses.putAll(uses);
    return both;
  }
}
