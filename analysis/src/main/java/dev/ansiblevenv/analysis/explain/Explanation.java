package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Unresolved;
import java.util.List;

/// The answer to a name.
///
/// @param name as it was asked for
/// @param subjects what the name can mean here; empty when nothing has it
/// @param unresolved what the name could hide behind; empty when it is needed
/// @param nearest names that a misspelt one may have meant, nearest first
public record Explanation(
    String name, List<Subject> subjects, List<Unresolved> unresolved, List<String> nearest) {

  /// Whether the playbook needs something of this name.
  public boolean needed() {
    return subjects.stream().anyMatch(Subject::needed);
  }
}
