package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.HostRecord;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import dev.ansiblevenv.orchestration.tracking.VenvRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

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
    var changes = new ArrayList<InventoryChange>();
    synced(inventory.inventory(), registry.records(), changes);
    return changes;
  }

  /// Sets `installed_venvs` of every host that has a record, in one write.
  ///
  /// @return what was changed
  /// @throws StateConflict when a record is corrupt, or two records are of one host; nothing is
  ///   written then
  public List<InventoryChange> syncInventoryWithHostFiles() {
    var changes = new ArrayList<InventoryChange>();
    inventory.change(before -> synced(before, registry.records(), changes));
    return changes;
  }

  /// Sets `installed_venvs` of one host from its record.
  ///
  /// @return what was changed
  public List<InventoryChange> syncHost(HostName host) {
    var changes = new ArrayList<InventoryChange>();
    inventory.change(before -> synced(before, List.of(tracker.record(host)), changes));
    return changes;
  }

  private static Inventory synced(
      Inventory inventory, List<HostRecord> records, List<InventoryChange> changes) {
    var seen = new HashMap<String, HostRecord>();
    var current = inventory;
    for (var record : records) {
      var host = new HostName(record.hostname());
      var known = InventoryManager.find(current, host);
      var name = known.orElse(host.text());
      var other = seen.put(name, record);
      if (other != null) {
        throw new StateConflict(
            "two host records are of one host",
            inventory.place(),
            "`" + other.hostname() + "` and `" + record.hostname() + "` are both `" + name + "`",
            "merge the two records in `host_venvs/`");
      }
      var after = InventoryEdit.apply(current, known, host.text(), record.venvNames());
      if (!after.text().equals(current.text())) {
        var before = known.isPresent() ? InventoryEdit.own(current, name) : null;
        changes.add(
            new InventoryChange(
                name,
                known.isEmpty(),
                before == null ? "" : before.toString(),
                record.venvNames()));
        current = after;
      }
    }
    return current;
  }
}
