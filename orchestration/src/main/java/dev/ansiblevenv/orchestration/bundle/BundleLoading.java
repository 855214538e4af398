package dev.ansiblevenv.orchestration.bundle;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockStorage;
import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.wheel.PythonPlatform;
import dev.ansiblevenv.core.wheel.WheelChoice;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.deploy.LockResolver;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.store.Store;
import dev.ansiblevenv.orchestration.store.Store.Document;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Takes bundles in: what is in them comes into the controller's cache, and specs and locks into
/// the project, after all of it has been checked.
public final class BundleLoading {

  private final Path cache;
  private final Store store;
  private final LockResolver locks;

  public BundleLoading(Path cache, Store store, LockResolver locks) {
    this.cache = cache;
    this.store = store;
    this.locks = locks;
  }

  /// @throws InvalidInput when the file is not a whole bundle, or does not hold what its locks need
  /// @throws StateConflict when the project has another spec, profile or lock of one of its names;
  ///   nothing is changed then
  public BundleReport load(Path file, Consumer<Progress> progress) {
    var building = cache.resolve("building").resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(building);
      try {
        progress.accept(new Progress.Step("Checking " + file.getFileName()));
        var manifest = new BundleFile(file).unpack(building);
        var arrived = valid(manifest, building, file);
        arrived.forEach(this::requireNoOther);
        keep(manifest, building);
        arrived.forEach(this::store);
        return manifest.report(file);
      } finally {
        Trees.delete(building);
      }
    } catch (IOException e) {
      throw new StateConflict(
          "cannot write", cache.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private record Arrived(Kind kind, Document document, Lock lock) {}

  private static List<Arrived> valid(Manifest manifest, Path building, Path file) {
    try {
      return arrived(manifest, building, file);
    } catch (StateConflict | UsageFailure | Unresolvable e) {
      // What is wrong with a lock or a platform is here wrong with the bundle.
      throw refused(file, String.valueOf(e.getMessage()));
    }
  }

  /// Reads the texts as those of a project are read, and sees that the bundle is complete.
  private static List<Arrived> arrived(Manifest manifest, Path building, Path file) {
    var texts = new YamlFiles(building);
    var specs = new SpecStorage(texts);
    var staged =
        new LockStorage(
            building.resolve(Kind.SPEC.directory()), building.resolve("locks").resolve("lock"));
    var needed = new HashSet<String>();
    needed.add(manifest.uv());
    var all = new ArrayList<Arrived>();
    for (var venv : manifest.venvs()) {
      var lock = staged.read(venv.name()).orElseThrow();
      var valid =
          venv.kind() == Kind.SPEC
              ? specs.find(venv.name()).isPresent()
              : specs.profile(venv.name()).isPresent();
      if (!valid || !lock.digest().equals(venv.lock())) {
        throw refused(file, venv.name() + " is not what its manifest says");
      }
      var platform = PythonPlatform.parse(manifest.platform(), venv.python());
      WheelChoice.of(lock, platform).stream().map(Wheel::sha256).forEach(needed::add);
      lock.collections().forEach(each -> needed.add(each.sha256()));
      var document = texts.read(venv.kind(), venv.name()).orElseThrow();
      all.add(new Arrived(venv.kind(), document, lock));
    }
    if (!needed.equals(manifest.blobs().keySet())) {
      throw refused(file, "it does not hold exactly the files that its locks need");
    }
    var machine = PythonPlatform.parse(manifest.platform(), "3.12").machine();
    if (!ManagedUv.wheelSha256("linux", machine).equals(manifest.uv())) {
      throw refused(
          file, "its uv is not the one that this version of ansible-venv uses; make it with this");
    }
    return all;
  }

  private void requireNoOther(Arrived arrived) {
    requireSame(arrived.kind(), stored(arrived.kind(), arrived.document()), arrived.document());
    var lock = locks.stored(arrived.document().name());
    if (lock.isPresent() && !lock.get().digest().equals(arrived.lock().digest())) {
      throw conflict(Kind.SPEC.directory() + "/" + arrived.document().name() + ".lock");
    }
  }

  private Document stored(Kind kind, Document document) {
    return store
        .read(kind, document.name())
        .orElseGet(() -> new Document(document.name(), document.place(), ""));
  }

  /// When it was made says nothing about what it is.
  private static void requireSame(Kind kind, Document stored, Document document) {
    if (stored.text().isEmpty() || stored.text().equals(document.text())) {
      return;
    }
    var old = SpecStorage.content(stored);
    var arrived = SpecStorage.content(document);
    if (kind == Kind.SPEC) {
      old.remove("created");
      arrived.remove("created");
    }
    if (!old.equals(arrived)) {
      throw conflict(stored.place());
    }
  }

  private void keep(Manifest manifest, Path building) throws IOException {
    var blobs = Files.createDirectories(cache.resolve("blobs"));
    for (var sha256 : manifest.blobs().keySet()) {
      Files.move(building.resolve(Manifest.blob(sha256)), blobs.resolve(sha256), ATOMIC_MOVE);
    }
  }

  private void store(Arrived arrived) {
    var name = arrived.document().name();
    if (!locks.replace(name, Optional.empty(), arrived.lock())) {
      requireNoOther(arrived);
    }
    store.update(
        arrived.kind(),
        name,
        stored -> {
          requireSame(arrived.kind(), stored, arrived.document());
          return stored.text().isEmpty()
              ? new Document(stored.name(), stored.place(), arrived.document().text())
              : stored;
        });
  }

  private static InvalidInput refused(Path file, String why) {
    return new InvalidInput(
        "is not a valid bundle",
        file.toString(),
        why,
        "make it anew with `ansible-venv bundle create`");
  }

  private static StateConflict conflict(String place) {
    return new StateConflict(
        "the project has another one of this name",
        place,
        "the bundle's differs from it",
        "remove or rename the one in the project, or load into another project");
  }
}
