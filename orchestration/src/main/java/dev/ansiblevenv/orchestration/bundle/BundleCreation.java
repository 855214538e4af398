package dev.ansiblevenv.orchestration.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockStorage;
import dev.ansiblevenv.core.lock.PythonPackages;
import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.wheel.PythonPlatform;
import dev.ansiblevenv.core.wheel.WheelChoice;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.orchestration.bundle.BundleRequest.Host;
import dev.ansiblevenv.orchestration.bundle.BundleRequest.Platform;
import dev.ansiblevenv.orchestration.deploy.BuildSupplies;
import dev.ansiblevenv.orchestration.deploy.HostPythons;
import dev.ansiblevenv.orchestration.deploy.Hosts;
import dev.ansiblevenv.orchestration.deploy.NamedLocks;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.store.Store;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes bundles.
public final class BundleCreation {

  private final Path cache;
  private final Store store;
  private final NamedLocks locks;
  private final Hosts hosts;
  private final ManagedUv uv;
  private final BuildSupplies supplies;

  public BundleCreation(
      Path cache,
      Store store,
      NamedLocks locks,
      Hosts hosts,
      ManagedUv uv,
      BuildSupplies supplies) {
    this.cache = cache;
    this.store = store;
    this.locks = locks;
    this.hosts = hosts;
    this.uv = uv;
    this.supplies = supplies;
  }

  /// Writes a bundle whole, or leaves what was there.
  ///
  /// @throws Unresolvable when something of it cannot be had, or a package has no wheel for the
  ///   platform
  /// @throws dev.ansiblevenv.diagnostic.Failure as connecting and locking do
  public BundleReport create(BundleRequest request, Consumer<Progress> progress) {
    return switch (request.destination()) {
      case Platform(var platform, var python) -> {
        var known = PythonPlatform.parse(platform, python);
        yield create(request, () -> python, lock -> allowed(lock, known), progress);
      }
      case Host(var name) -> {
        var target = hosts.find(name);
        try (var session = hosts.connect(target)) {
          yield create(
              request,
              () -> HostPythons.choose(session, target.known()).version(),
              lock ->
                  PythonPlatform.of(
                      session.facts(), HostPythons.choose(session, target.known(), lock)),
              progress);
        }
      }
    };
  }

  private static PythonPlatform allowed(Lock lock, PythonPlatform platform) {
    var packages = PythonPackages.of(lock);
    if (!packages.admits(platform.python())) {
      throw new Unresolvable(
          "the lock is not for Python " + platform.python(),
          "--python",
          "it requires Python " + packages.requiresPython(),
          "name a newer one, or lock again");
    }
    return platform;
  }

  private BundleReport create(
      BundleRequest request,
      Supplier<String> python,
      Function<Lock, PythonPlatform> platforms,
      Consumer<Progress> progress) {
    var building = cache.resolve("building").resolve(UUID.randomUUID().toString());
    try {
      try {
        return create(request, python, platforms, building, progress);
      } finally {
        Trees.delete(building);
      }
    } catch (IOException e) {
      throw new StateConflict(
          "cannot write", building.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private BundleReport create(
      BundleRequest request,
      Supplier<String> python,
      Function<Lock, PythonPlatform> platforms,
      Path building,
      Consumer<Progress> progress)
      throws IOException {
    var staged =
        new LockStorage(
            building.resolve(Kind.SPEC.directory()), building.resolve("locks").resolve("lock"));
    var entries = new ArrayList<Manifest.Entry>();
    var files = new HashMap<String, Path>();
    var machine = "";
    var platformText = "";
    for (var name : new TreeSet<>(request.names())) {
      var named = locks.locked(name, python, progress);
      var platform = platforms.apply(named.lock());
      machine = platform.machine();
      platformText = platform.text();
      var wheels = WheelChoice.of(named.lock(), platform);
      progress.accept(
          new Progress.Step(
              "Gathering "
                  + (wheels.size() + named.lock().collections().size())
                  + " packages and collections of "
                  + named.name()
                  + " for "
                  + platform));
      files.putAll(supplies.everything(named.lock(), wheels));
      var profile = store.read(Kind.PROFILE, named.name());
      var document = profile.or(() -> store.read(Kind.SPEC, named.name())).orElseThrow();
      var entry =
          new Manifest.Entry(
              document.name(),
              profile.isPresent() ? Kind.PROFILE : Kind.SPEC,
              platform.python(),
              named.lock().digest());
      entries.add(entry);
      staged.write(entry.name(), named.lock());
      DurableFile.write(building.resolve(entry.document()), document.text().getBytes(UTF_8));
    }
    var installer = ManagedUv.wheelSha256("linux", machine);
    files.put(installer, uv.wheel("linux", machine));
    var manifest = new Manifest(platformText, installer, entries, sizes(files));
    progress.accept(new Progress.Step("Writing " + request.file().getFileName()));
    new BundleFile(request.file()).write(manifest, building, files);
    return manifest.report(request.file());
  }

  private static SortedMap<String, Long> sizes(Map<String, Path> files) throws IOException {
    var sizes = new TreeMap<String, Long>();
    for (var file : files.entrySet()) {
      sizes.put(file.getKey(), Files.size(file.getValue()));
    }
    return sizes;
  }
}
