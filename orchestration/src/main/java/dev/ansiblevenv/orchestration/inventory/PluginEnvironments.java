package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import dev.ansiblevenv.core.inventory.AnsibleInventory;
import dev.ansiblevenv.core.inventory.InventoryProgram;
import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockBounds;
import dev.ansiblevenv.core.lock.LockStorage;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.orchestration.spec.Requirements;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// Environments of the controller in which `ansible-inventory` knows the plugins that it needs,
/// with their collections and Python packages. What was resolved once is kept in the cache.
public final class PluginEnvironments {

  private final Path workingDirectory;
  private final Map<String, String> environment;
  private final Supplier<Catalogue> catalogue;
  private final Function<Requirements, Lock> resolver;
  private final Path cache;
  private final LockStorage kept;
  private final Supplier<String> python;
  private final Supplier<Path> core;
  private final Function<String, Path> made;
  private final Function<Lock, Path> collections;

  /// @param resolver makes a lock for the Python that environments are made with
  /// @param cache directory for locks by plugins, and for what `ansible-inventory` needs
  /// @param python version of the Python that environments are made with
  /// @param core gives an environment that has ansible-core
  /// @param made gives an environment of a `pylock.toml`
  /// @param collections gives a directory with the `ansible_collections` of a lock
  public PluginEnvironments(
      Path workingDirectory,
      Map<String, String> environment,
      Supplier<Catalogue> catalogue,
      Function<Requirements, Lock> resolver,
      Path cache,
      Supplier<String> python,
      Supplier<Path> core,
      Function<String, Path> made,
      Function<Lock, Path> collections) {
    this.workingDirectory = workingDirectory;
    this.environment = environment;
    this.catalogue = catalogue;
    this.resolver = resolver;
    this.cache = cache;
    this.kept = new LockStorage(cache, cache.resolve(".lock"));
    this.python = python;
    this.core = core;
    this.made = made;
    this.collections = collections;
  }

  /// @param plugins names as inventories have them; may be empty
  /// @param source that is to be asked, for errors
  /// @throws InvalidInput when the project is not trusted: it decides what ansible-inventory loads
  ///   and runs
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when a collection or package cannot be had
  AnsibleInventory with(Collection<String> plugins, AnsibleSettings settings, String source) {
    requireTrust("only `ansible-inventory` can read this inventory, and it", settings, source);
    var outside = new TreeSet<>(plugins);
    outside.removeIf(this::isOfCore);
    if (outside.isEmpty()) {
      return inventory(core.get(), Optional.empty(), settings);
    }
    var lock = lock(outside);
    return inventory(made.apply(lock.pylock()), Optional.of(collections.apply(lock)), settings);
  }

  private AnsibleInventory inventory(
      Path directory, Optional<Path> root, AnsibleSettings settings) {
    return new AnsibleInventory(
        directory, root, settings.file(), workingDirectory, environment, cache);
  }

  private static void requireTrust(String who, AnsibleSettings settings, String source) {
    if (settings.boundary().isClosed()) {
      throw new InvalidInput(
          who + " runs code of the project",
          source,
          "the project is not trusted",
          "name hosts, or an inventory in INI or YAML, with `--inventory`");
    }
  }

  /// @throws InvalidInput when the project is not trusted
  InventoryProgram program(Path file, AnsibleSettings settings, String source) {
    requireTrust("the inventory is a program, which", settings, source);
    return new InventoryProgram(file, workingDirectory, environment);
  }

  /// Whether the plugin comes with ansible-core; one that nobody knows is looked for beside the
  /// inventory by Ansible itself.
  boolean isOfCore(String plugin) {
    return !(catalogue.get().resolve(PluginKind.INVENTORY, plugin)
            instanceof Resolution.Found found)
        || found.builtin();
  }

  private Lock lock(Collection<String> plugins) {
    var version = python.get();
    var name = "inventory_" + key(version + "\n" + String.join("\n", plugins));
    return kept.read(name)
        .orElseGet(() -> {
          var lock = resolver.apply(requirements(plugins));
          kept.write(name, lock);
          return lock;
        });
  }

  private Requirements requirements(Collection<String> plugins) {
    var packages = new ArrayList<PythonRequirement>();
    packages.add(new PythonRequirement("ansible-core", "inventory"));
    var wanted = new TreeSet<String>();
    for (var plugin : plugins) {
      if (catalogue.get().resolve(PluginKind.INVENTORY, plugin) instanceof Resolution.Found found) {
        wanted.add(found.collection());
        found.through().forEach(name -> wanted.add(Catalogue.collectionOf(name)));
        catalogue
            .get()
            .python(PluginKind.INVENTORY, found.fqcn())
            .forEach(need -> packages.add(new PythonRequirement(need.requirement(), found.fqcn())));
      }
    }
    return new Requirements(
        "the inventory",
        packages,
        wanted.stream()
            .map(collection -> new CollectionRequirement(collection, "*", "", "inventory"))
            .toList(),
        LockBounds.NONE);
  }

  private static String key(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }
}
