package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The scopes under which one file is read: one for each way that leads to it. The file itself is
/// read once.
final class ManyScopes {

  /// Of more ways only the names are kept whose values differ: they can be anything.
  private static final int MAX_WAYS = 48;

  /// Each way may say something else of a variable.
  private static final int MAX_STACKS = 200;

  private record Known(Set<Scope.Stack> stacks, int round) {}

  private final Surroundings surroundings;
  private final List<Scope> scopes = new ArrayList<>();
  private final Set<String> open = new LinkedHashSet<>();
  private final Map<String, Known> known = new HashMap<>();
  private boolean isReading;

  ManyScopes(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void add(Scope scope) {
    for (var each : scopes) {
      if (Scope.areAlike(each, scope)) {
        return;
      }
    }
    if (scopes.size() < MAX_WAYS) {
      scopes.add(scope);
      surroundings.changed();
    } else if (open.addAll(scope.names())) {
      surroundings.changed();
    }
  }

  Set<Scope.Stack> stacks(String name) {
    return surroundings.rounds().read(() -> read(name));
  }

  /// Files may lead to each other in circles: what is known so far counts, until a round brings
  /// nothing new.
  private Set<Scope.Stack> read(String name) {
    var rounds = surroundings.rounds();
    var before = known.get(name);
    if (before != null && rounds.isDone(before.round)) {
      return before.stacks;
    }
    if (isReading) {
      rounds.circle();
      return before == null ? Set.of() : before.stacks;
    }
    isReading = true;
    var stacks = new LinkedHashSet<Scope.Stack>();
    for (var scope : scopes) {
      stacks.addAll(scope.stacks(name));
    }
    isReading = false;
    if (open.contains(name) || stacks.size() > MAX_STACKS) {
      var anything = new Scope.Entry(Level.INCLUDE_PARAMETERS, Value.UNKNOWN, false);
      for (var stack : List.copyOf(stacks)) {
        stacks.add(stack.under(anything));
      }
    }
    if (before == null || !before.stacks.equals(stacks)) {
      rounds.grown();
    }
    known.put(name, new Known(stacks, rounds.round()));
    return stacks;
  }
}
