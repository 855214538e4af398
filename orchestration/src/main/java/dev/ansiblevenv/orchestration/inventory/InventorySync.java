package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.HostRecord;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import dev.ansiblevenv.orchestration.tracking.VenvRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;

/// Makes the inventory say what the host records say. Hosts without a record stay as they are.
///
/// The records are read while the inventory is locked, so that the inventory never goes back to an
/// older record than one that it has shown.
public final class InventorySync {

  private final VenvRegistry registry;
  private final HostTracker tracker;
  private final InventoryManager inventory;

  public InventorySync(VenvRegistry registry, HostTracker tracker, InventoryManager inventory) {
    this.registry = registry;
    this.tracker = tracker;
    this.inventory = inventory;
  }

  /// What [#syncInventoryWithHostFiles()] would change. Writes nothing.
  ///
  /// @throws StateConflict when a record is corrupt, or two records are of one host
  public List<InventoryChange> check() {
    return synced(inventory.edit(), registry.records());
  }

  /// Sets `installed_venvs` of every host that has a record, in one write.
  ///
  /// @return what was changed, and what cannot be
  /// @throws StateConflict when a record is corrupt, or two records are of one host; nothing is
  ///   written then
  public List<InventoryChange> syncInventoryWithHostFiles() {
    return changed(registry::records);
  }

  /// Sets `installed_venvs` of some hosts from their records. Whatever prevents it is no reason to
  /// fail: the records are what counts, and [#check] tells the difference.
  ///
  /// @return in one line each, what the inventory does not say now
  public List<String> follow(Collection<HostName> hosts) {
    try {
      return changed(() -> hosts.stream().map(tracker::record).toList()).stream()
          .filter(change -> !change.isPossible())
          .map(InventoryChange::obstacle)
          .toList();
    } catch (Failure e) {
      return List.of("the inventory does not say what the host records say: " + e.getMessage());
    }
  }

  private List<InventoryChange> changed(Supplier<List<HostRecord>> records) {
    var changes = new ArrayList<InventoryChange>();
    inventory.change(edit -> changes.addAll(synced(edit, records.get())));
    return changes;
  }

  private static List<InventoryChange> synced(VenvsEdit edit, List<HostRecord> records) {
    var changes = new ArrayList<InventoryChange>();
    var seen = new HashMap<String, HostRecord>();
    for (var record : records) {
      var host = new HostName(record.hostname());
      var name = edit.inventory().find(host).orElse(host.text());
      var other = seen.put(name, record);
      if (other != null) {
        throw new StateConflict(
            "two host records are of one host",
            edit.inventory().place(),
            "`" + other.hostname() + "` and `" + record.hostname() + "` are both `" + name + "`",
            "merge the two records in `host_venvs/`");
      }
      edit.set(host, record.venvNames()).ifPresent(changes::add);
    }
    return changes;
  }
}
