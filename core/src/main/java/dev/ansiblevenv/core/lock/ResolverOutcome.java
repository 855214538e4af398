package dev.ansiblevenv.core.lock;

import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;

/// How a resolution ended.
sealed interface ResolverOutcome {

  /// @param chosen one version of each collection needed, by name
  record Solved(SortedMap<String, Candidate> chosen) implements ResolverOutcome {}

  /// @param culprits the collections of which another version would have to be chosen
  /// @param contradictions what stood in the way, in the order in which it was met
  record Conflict(Set<String> culprits, SequencedSet<Contradiction> contradictions)
      implements ResolverOutcome {

    /// Another ansible-core could lead to a solution.
    boolean blamesAnsible() {
      return contradictions.stream().anyMatch(Contradiction.WrongAnsible.class::isInstance);
    }

    List<String> texts() {
      return contradictions.stream().map(Contradiction::text).distinct().toList();
    }
  }
}
