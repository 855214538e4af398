package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.VersionRange;
import dev.ansiblevenv.diagnostic.Failure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/// Guesses what the resolver is going to ask, and asks it ahead of time: for each collection the
/// list of versions, then the newest that its first requirement admits, then what that one needs. A
/// wrong guess costs a request; a failure is nobody's until the resolver asks for the same.
final class Prefetch {

  private final CollectionUniverse universe;
  private final Lookups lookups;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  Prefetch(CollectionUniverse universe, Lookups lookups) {
    this.universe = universe;
    this.lookups = lookups;
  }

  void begin(String name, VersionRange range) {
    if (seen.add(name)) {
      lookups.begin(() -> follow(name, range));
    }
  }

  private void follow(String name, VersionRange range) {
    try {
      universe.candidates(name).stream()
          .filter(c -> range.contains(c.version()))
          .filter(c -> !c.version().isPreRelease() || range.pin().isPresent())
          .findFirst()
          .map(universe::needs)
          .ifPresent(needs ->
              needs
                  .dependencies()
                  .forEach((dependency, text) -> begin(dependency, VersionRange.parse(text))));
    } catch (Failure | IllegalArgumentException | RejectedExecutionException e) {
      // The resolver meets the same, if it comes this way at all, and knows what it means there.
      return;
    }
  }
}
