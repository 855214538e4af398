package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.tool.Uv;
import dev.ansiblevenv.core.tool.UvEnvironment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.function.Supplier;

/// What a host is sent to build an environment: uv for its platform, and the lock's collections.
public final class BuildSupplies {

  private final ManagedUv uv;
  private final UvEnvironment settings;
  private final Supplier<CollectionStore> store;

  public BuildSupplies(ManagedUv uv, UvEnvironment settings, Supplier<CollectionStore> store) {
    this.uv = uv;
    this.settings = settings;
    this.store = store;
  }

  BuildInputs of(Lock lock, HostFacts facts) {
    var tarballs = new HashMap<String, Path>();
    store.get().tarballs(lock.collections()).forEach(
        (collection, tarball) -> tarballs.put(collection.sha256(), tarball));
    return new BuildInputs(uv.pushable(facts.system(), facts.machine()), tarballs, settings.variables());
  }
}
