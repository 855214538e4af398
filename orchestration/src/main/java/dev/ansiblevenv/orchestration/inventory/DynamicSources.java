package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.core.inventory.InventoryListing;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `ansible-inventory` says of sources that only Ansible can read. Each is asked once in the
/// life of this object; plugins may keep caches of their own. Safe among threads.
final class DynamicSources {

  private final PluginEnvironments environments;
  private final Map<Path, Path> files = new HashMap<>();
  private final Map<List<String>, InventoryListing> all = new HashMap<>();
  private final Map<Path, InventoryListing> listings = new HashMap<>();

  DynamicSources(PluginEnvironments environments) {
    this.environments = environments;
  }

  /// Whether a plugin's own name says that it works on what the sources before it said.
  boolean needsTheOthers(String plugin) {
    return environments.isOfCore(plugin);
  }

  /// What a plugin says by itself.
  synchronized InventoryListing ofPlugin(
      Path file, String plugin, String name, AnsibleSettings settings) {
    return listings.computeIfAbsent(
        file, _ -> environments.with(Set.of(plugin), settings, name).source(file, name));
  }

  /// What a program says by itself.
  ///
  /// @param isAnsibles whether the user's configuration decides who reads it
  synchronized InventoryListing ofProgram(
      Path file, boolean isAnsibles, String name, AnsibleSettings settings) {
    return listings.computeIfAbsent(
        file,
        _ -> {
          var printed =
              isAnsibles
                  ? Optional.<InventoryListing>empty()
                  : environments.program(file, settings, name).list(name);
          return printed.orElseGet(
              () -> environments.with(Set.of(), settings, name).source(file, name));
        });
  }

  /// What all sources say together.
  ///
  /// @param plugins of all configurations among them that have not been asked yet
  /// @param asked files with what programs and plugins among them have said
  synchronized InventoryListing all(
      InventorySources sources,
      Collection<String> plugins,
      Map<Path, Path> asked,
      String name,
      AnsibleSettings settings) {
    return all.computeIfAbsent(
        sources.sources(),
        _ -> environments.with(plugins, settings, name).all(sources.sources(), asked, name));
  }

  /// A file with a listing, as long as this program runs.
  synchronized Path file(Path source, InventoryListing listing) {
    return files.computeIfAbsent(
        source,
        _ -> {
          try {
            var file = Files.createTempFile("ansible-venv-inventory-", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, listing.json());
          } catch (IOException e) {
            throw new StateConflict(
                "cannot keep what a program says of the inventory",
                source.toString(),
                String.valueOf(e.getMessage()),
                "",
                e);
          }
        });
  }
}
