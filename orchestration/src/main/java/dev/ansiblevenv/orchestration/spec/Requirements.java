package dev.ansiblevenv.orchestration.spec;

import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.LockBounds;
import dev.ansiblevenv.core.lock.PythonRequirement;
import java.util.List;

/// What a lock has to hold, each with file:line.
///
/// @param bounds of what is locked without being asked for here
/// @param name of the spec or profile that wants it
public record Requirements(
    String name,
    List<PythonRequirement> python,
    List<CollectionRequirement> collections,
    LockBounds bounds) {

  public Requirements {
    python = List.copyOf(python);
    collections = List.copyOf(collections);
  }
}
