package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.tool.ManagedUv;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What a host is sent to build an environment: uv for its platform, the way to the index, and the
/// lock's collections.
public final class BuildSupplies {

  /// What of uv's settings holds on another machine too; paths of this one do not.
  private static final Pattern TRAVELS =
      Pattern.compile(
          "UV_(DEFAULT_INDEX|INDEX(_.*)?|EXTRA_INDEX_URL|INSECURE_HOST|SYSTEM_CERTS|NATIVE_TLS|HTTP_.*|REQUEST_TIMEOUT"
              + "|OFFLINE|CONCURRENT_.*)|SSL_CERT_(FILE|DIR)|(?i:(https?|all|no)_proxy)");

  private final ManagedUv uv;
  private final Supplier<CollectionStore> store;

  public BuildSupplies(ManagedUv uv, Supplier<CollectionStore> store) {
    this.uv = uv;
    this.store = store;
  }

  BuildInputs of(Lock lock, HostFacts facts) {
    var tarballs = new HashMap<String, Path>();
    store
        .get()
        .tarballs(lock.collections())
        .forEach((collection, tarball) -> tarballs.put(collection.sha256(), tarball));
    var installer = uv.pinned(facts.system(), facts.machine());
    var settings = new TreeMap<>(installer.environment());
    settings.keySet().removeIf(name -> !TRAVELS.matcher(name).matches());
    return new BuildInputs(installer, tarballs, settings);
  }
}
