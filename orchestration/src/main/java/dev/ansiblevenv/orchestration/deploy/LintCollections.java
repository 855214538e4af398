package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.RoleStore;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes the collections and roles of a lock visible to ansible-lint, in this controller's cache.
public final class LintCollections {

  private final Supplier<CollectionStore> store;
  private final Supplier<RoleStore> roles;

  public LintCollections(Supplier<CollectionStore> store, Supplier<RoleStore> roles) {
    this.store = store;
    this.roles = roles;
  }

  /// @return a directory with `ansible_collections` in it
  public Path root(Lock lock) {
    return store.get().unpacked(lock.collections());
  }

  /// @return a directory with the roles in it; empty when there are none
  public Optional<Path> roles(Lock lock) {
    return lock.roles().isEmpty()
        ? Optional.empty()
        : Optional.of(roles.get().unpacked(lock.roles()));
  }

  /// What is seen of a playbook with this lock.
  public PlaybookProcessor.Sight sight(LockedAnalyses.Settled settled) {
    return new PlaybookProcessor.Sight(
        settled.analysis(), () -> root(settled.lock()), () -> roles(settled.lock()));
  }
}
