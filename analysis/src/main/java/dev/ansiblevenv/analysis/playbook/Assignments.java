package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The variables that tasks and roles anywhere in the closure set for what comes after them. In
/// which order they run is not known, so all values of a name count.
final class Assignments {

  private final Map<Level, Map<String, Set<Value>>> values = new EnumMap<>(Level.class);
  private final Map<Level, Map<String, Set<Value>>> patterns = new EnumMap<>(Level.class);
  private boolean changesHosts;
  private int changes;

  /// @param name may have unknown parts; one that is not known at all is ignored
  void add(Level level, String name, Value value) {
    var known = FileSearch.isKnown(name);
    if (!known && !FileSearch.saysSomething(name)) {
      return;
    }
    var added =
        (known ? values : patterns)
            .computeIfAbsent(level, _ -> new HashMap<>())
            .computeIfAbsent(name, _ -> new LinkedHashSet<>())
            .add(value);
    changes += added ? 1 : 0;
  }

  List<Value> get(Level level, String name) {
    var found = new ArrayList<Value>();
    found.addAll(values.getOrDefault(level, Map.of()).getOrDefault(name, Set.of()));
    patterns
        .getOrDefault(level, new LinkedHashMap<>())
        .forEach((pattern, set) -> {
          if (FileSearch.matches(name, pattern)) {
            found.addAll(set);
          }
        });
    return found;
  }

  /// A task puts hosts into groups, or makes new ones.
  void changesHosts() {
    changes += changesHosts ? 0 : 1;
    changesHosts = true;
  }

  boolean changeHosts() {
    return changesHosts;
  }

  /// Grows with each value that was not there before.
  int changes() {
    return changes;
  }
}
