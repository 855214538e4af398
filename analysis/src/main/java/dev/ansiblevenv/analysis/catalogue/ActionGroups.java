package dev.ansiblevenv.analysis.catalogue;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The groups of modules that collections define for `module_defaults`; one may extend others, also
/// of other collections.
final class ActionGroups {

  private final Indexes indexes;
  private final Set<String> modules = new LinkedHashSet<>();
  private final Set<String> visited = new HashSet<>();

  ActionGroups(Indexes indexes) {
    this.indexes = indexes;
  }

  /// @param group fully qualified
  List<String> modules(String group) {
    gather(group);
    return List.copyOf(modules);
  }

  private void gather(String group) {
    if (!visited.add(group)) {
      return;
    }
    var collection = Catalogue.collectionOf(group);
    var name = group.substring(collection.length() + 1);
    for (var member :
        indexes.of(collection).flatMap(index -> index.group(name)).orElse(List.of())) {
      if (member.startsWith("group/")) {
        gather(member.substring("group/".length()));
      } else {
        modules.add(member);
      }
    }
  }
}
