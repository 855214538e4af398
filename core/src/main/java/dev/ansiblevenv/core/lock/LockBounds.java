package dev.ansiblevenv.core.lock;

import java.util.List;

/// What bounds everything that is locked, needed directly or not, and needs nothing itself.
///
/// @param collections also say where a collection comes from, if only another collection needs it
public record LockBounds(List<PythonBound> python, List<CollectionRequirement> collections) {

  public static final LockBounds NONE = new LockBounds(List.of(), List.of());

  public LockBounds {
    python = List.copyOf(python);
    collections = List.copyOf(collections);
  }
}
