package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.orchestration.spec.VenvName;
import dev.ansiblevenv.orchestration.store.ProjectLock;
import dev.ansiblevenv.orchestration.store.TextFile;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The user's Ansible inventory: read as Ansible reads it, and changed in the variable
/// `installed_venvs` of single hosts only. Every byte outside of that value stays.
///
/// A host is found by its name in the inventory, else by that name without regard to case, else by
/// the `ansible_host` of the one entry that has it.
///
/// Every method throws [InvalidInput] with file:line when the inventory cannot be read. Writers of
/// one project wait for each other.
public final class InventoryManager {

  private final Path project;
  private final SourceLookup lookup;
  private final Supplier<AnsibleSettings> settings;
  private final DynamicSources dynamic;

  /// As it was read last: an operation on many hosts looks at it for each.
  private volatile @Nullable Read last;

  private record Read(InventorySources sources, Map<Path, String> texts, UserInventory inventory) {}

  /// @param named sources that the command names; absolute paths or lists of hosts
  /// @param environment the caller's
  /// @param settings those of the `ansible.cfg` that counts
  /// @param environments for sources that only Ansible can read
  public InventoryManager(
      Path project,
      List<String> named,
      Map<String, String> environment,
      Supplier<AnsibleSettings> settings,
      PluginEnvironments environments) {
    this.project = project;
    this.lookup = new SourceLookup(project, named, environment);
    this.settings = settings;
    this.dynamic = new DynamicSources(environments);
  }

  /// The inventory as it is; an empty one where the project has none.
  public UserInventory inventory() {
    var configured = settings.get();
    var sources = lookup.find(configured);
    var reading = new InventoryReading(project, configured, dynamic);
    var texts = reading.texts(sources);
    var known = last;
    if (known == null || !known.sources().equals(sources) || !known.texts().equals(texts)) {
      known = new Read(sources, texts, reading.read(sources, texts));
      last = known;
    }
    return known.inventory();
  }

  /// The files and directories that the inventory is read from, absolute.
  public List<Path> sources() {
    return lookup.find(settings.get()).sources().stream()
        .filter(source -> !InventorySources.isHostList(source))
        .map(Path::of)
        .toList();
  }

  /// Sets `installed_venvs` of a host where the inventory has it; a missing inventory is made.
  /// Nothing is written where the value is there already, or where an empty list would be set for a
  /// host that has none.
  ///
  /// @throws UsageFailure when a name is not valid, or is the address of several hosts, or the
  ///   inventory has no place for it
  /// @throws InvalidInput when no edit of the place leaves everything else as it is
  public void updateInventoryVenvs(String hostname, List<String> venvs) {
    var host = HostName.of(hostname);
    venvs.forEach(VenvName::require);
    change(edit ->
        edit.require(host, venvs)
            .filter(change -> !change.isPossible())
            .ifPresent(change -> {
              throw new UsageFailure(
                  "`installed_venvs` of `" + change.host() + "` cannot be set",
                  "",
                  change.place(),
                  "add the host to the inventory");
            }));
  }

  /// The host's own `installed_venvs`; empty where it has none. What its groups say does not count.
  ///
  /// @throws InvalidInput when the value is not a list of names
  /// @throws UsageFailure when the name is not valid, or is the address of several hosts
  public List<String> getInventoryVenvs(String hostname) {
    var inventory = inventory();
    return inventory
        .find(HostName.of(hostname))
        .map(name -> InstalledVenvs.names(inventory, name))
        .orElse(List.of());
  }

  /// A host with its groups and variables; empty where the inventory does not have it.
  ///
  /// @throws UsageFailure when the name is not valid, or is the address of several hosts
  public Optional<InventoryHost> lookup(String hostname) {
    var inventory = inventory();
    return inventory.find(HostName.of(hostname)).map(inventory::seen);
  }

  /// Changes the files of the inventory as `edits` says, while no other writer can come between.
  void change(Consumer<VenvsEdit> edits) {
    try (var _ = ProjectLock.acquire(project, "inventory")) {
      var edit = edit();
      edits.accept(edit);
      edit.texts()
          .forEach((file, text) -> TextFile.write(file, UserInventory.name(project, file), text));
    } catch (IOException e) {
      throw TextFile.failed("cannot be locked", inventory().place(), e);
    }
  }

  /// Edits that are not written.
  VenvsEdit edit() {
    var configured = settings.get();
    var sources = lookup.find(configured);
    var reading = new InventoryReading(project, configured, dynamic);
    return new VenvsEdit(project, reading, sources, reading.texts(sources));
  }
}
