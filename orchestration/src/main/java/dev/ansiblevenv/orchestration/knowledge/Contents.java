package dev.ansiblevenv.orchestration.knowledge;

import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.LockedCollection;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where the collections of a lock are unpacked, with a note of those that were asked for. Not safe
/// to share between threads.
final class Contents {

  private final List<LockedCollection> locked;
  private final CollectionStore store;
  private final boolean fetch;
  private final Set<String> asked = new TreeSet<>();
  private boolean lacking;

  Contents(List<LockedCollection> locked, CollectionStore store, boolean fetch) {
    this.locked = locked;
    this.store = store;
    this.fetch = fetch;
  }

  /// Empty for a collection that is not in the lock, and for one that may not be fetched.
  Optional<Path> of(String name) {
    asked.add(name);
    var known = locked.stream().filter(each -> each.name().equals(name)).findFirst();
    var content = known.flatMap(this::content);
    lacking |= known.isPresent() && content.isEmpty();
    return content;
  }

  private Optional<Path> content(LockedCollection collection) {
    return fetch
        ? Optional.of(Objects.requireNonNull(store.contents(List.of(collection)).get(collection)))
        : store.contentAtHand(collection);
  }

  Set<String> asked() {
    return asked;
  }

  /// Whether one of the lock was asked for and is not at hand.
  boolean lacking() {
    return lacking;
  }
}
