package dev.ansiblevenv.orchestration.tracking;

import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.store.Store;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All host records seen together: which hosts have a venv.
public final class VenvRegistry {

  private final Store store;

  public VenvRegistry(Store store) {
    this.store = store;
  }

  /// Every host record, sorted by the names of the files.
  ///
  /// @throws StateConflict when one of them is corrupt
  public List<HostRecord> records() {
    var records = new ArrayList<HostRecord>();
    for (var name : store.names(Kind.HOST_RECORD)) {
      if (!HostName.isValid(name)) {
        throw new StateConflict(
            "is not a host record",
            Kind.HOST_RECORD.directory() + "/" + name + ".yml",
            "its name cannot name a host",
            "rename or remove the file");
      }
      records.add(HostRecordDocument.record(store, new HostName(name)));
    }
    return records;
  }

  /// The hosts that have a venv, with what is noted of it there.
  public SortedMap<String, InstalledVenv> hostsWith(String venv) {
    var hosts = new TreeMap<String, InstalledVenv>();
    for (var record : records()) {
      record.venv(venv).ifPresent(found -> hosts.put(record.hostname(), found));
    }
    return hosts;
  }
}
