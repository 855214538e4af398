package dev.ansiblevenv.analysis;

import java.util.List;

/// What requirements files and the user bound, whether something uses it or not.
///
/// @param collections those that nothing uses directly
public record TransitiveBounds(List<PackageBound> packages, List<CollectionNeed> collections) {

  public static final TransitiveBounds NONE = new TransitiveBounds(List.of(), List.of());
}
