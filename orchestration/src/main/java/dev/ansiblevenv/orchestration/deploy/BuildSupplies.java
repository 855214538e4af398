package dev.ansiblevenv.orchestration.deploy;

import static java.util.function.Predicate.not;

import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.environment.BuildInputs.Pushed;
import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.wheel.PythonPlatform;
import dev.ansiblevenv.core.wheel.WheelChoice;
import dev.ansiblevenv.core.wheel.WheelStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What a host is sent to build an environment: uv for its platform, the lock's collections, and
/// the way to the index or, where packages are pushed, these. Collections and packages are looked
/// for only when the host asks for them.
public final class BuildSupplies {

  private final ManagedUv uv;
  private final Supplier<CollectionStore> store;
  private final Supplier<WheelStore> wheels;

  public BuildSupplies(ManagedUv uv, Supplier<CollectionStore> store, Supplier<WheelStore> wheels) {
    this.uv = uv;
    this.store = store;
    this.wheels = wheels;
  }

  /// For a host that fetches its packages by itself.
  BuildInputs of(Lock lock, HostFacts facts) {
    return inputs(lock, facts, List.of(), Optional.empty());
  }

  /// For a host that gets everything over this connection.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when a package has no wheel for the host
  BuildInputs pushed(Lock lock, HostFacts facts, HostPython python) {
    var chosen = WheelChoice.of(lock, PythonPlatform.of(facts, python));
    return inputs(lock, facts, chosen, Optional.of(new Pushed(python, chosen)));
  }

  private BuildInputs inputs(
      Lock lock, HostFacts facts, List<Wheel> chosen, Optional<Pushed> pushed) {
    var installer = uv.pinned(facts.system(), facts.machine());
    return new BuildInputs(
        installer,
        wanted -> {
          var found = contents(lock, chosen, wanted);
          if (wanted.contains(installer.sha256())) {
            found.put(installer.sha256(), uv.wheel(facts.system(), facts.machine()));
          }
          return found;
        },
        installer.environment(),
        pushed);
  }

  /// All collections of a lock, and these wheels of it.
  ///
  /// @return SHA-256 to file
  public Map<String, Path> everything(Lock lock, List<Wheel> chosen) {
    var all = new HashSet<String>();
    lock.collections().forEach(each -> all.add(each.sha256()));
    chosen.forEach(each -> all.add(each.sha256()));
    return contents(lock, chosen, all);
  }

  private Map<String, Path> contents(Lock lock, List<Wheel> chosen, Set<String> wanted) {
    var found = new HashMap<String, Path>();
    var collections =
        lock.collections().stream().filter(each -> wanted.contains(each.sha256())).toList();
    if (!collections.isEmpty()) {
      store
          .get()
          .tarballs(collections)
          .forEach((collection, tarball) -> found.put(collection.sha256(), tarball));
    }
    var missing =
        chosen.stream()
            .filter(wheel -> wanted.contains(wheel.sha256()))
            .filter(not(wheel -> found.containsKey(wheel.sha256())))
            .toList();
    if (!missing.isEmpty()) {
      found.putAll(wheels.get().files(missing));
    }
    return found;
  }
}
