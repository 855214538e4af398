package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.Lock;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Makes the collections of a lock visible to ansible-lint, in this controller's cache.
public final class LintCollections {

  private final Supplier<CollectionStore> store;

  public LintCollections(Supplier<CollectionStore> store) {
    this.store = store;
  }

  /// @return a directory with `ansible_collections` in it
  public Path root(Lock lock) {
    return store.get().unpacked(lock.collections());
  }
}
