package dev.ansiblevenv.orchestration.tracking;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.spec.VenvName;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.store.Store;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.time.Clock;
import java.util.function.UnaryOperator;

/// The host records: the source of truth for which host has which venv. Each change reads, changes
/// and writes under one lock, so that no writer loses another's; keys and comments that a person
/// added survive.
///
/// Every method throws [dev.ansiblevenv.diagnostic.StateConflict] when the record is corrupt, with
/// file:line:column, and then writes nothing.
public final class HostTracker {

  private final Store store;
  private final Clock clock;

  /// @param clock for dates of installation; its zone is the one that they are written in
  public HostTracker(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// The record of a host; one without venvs where none is stored.
  public HostRecord record(HostName host) {
    return HostRecordDocument.record(store, host);
  }

  /// Notes that a host has a venv. Nothing is written if it is noted already with this path.
  public HostRecord add(HostName host, String venv, String path) {
    VenvName.require(venv);
    return change(
        host,
        before ->
            before.record().venv(venv).filter(known -> known.path().equals(path)).isPresent()
                ? before
                : before.with(installedNow(venv, path)));
  }

  /// Notes that a venv was installed just now, whatever was noted of it before.
  public HostRecord replace(HostName host, String venv, String path) {
    VenvName.require(venv);
    return change(host, before -> before.with(installedNow(venv, path)));
  }

  /// Forgets a venv of a host. Nothing is written if it is not noted.
  public HostRecord remove(HostName host, String venv) {
    var known = record(host);
    if (known.venv(venv).isEmpty()) {
      return known;
    }
    return change(host, before -> before.without(venv));
  }

  private InstalledVenv installedNow(String venv, String path) {
    return new InstalledVenv(venv, path, VenvSpecification.now(clock));
  }

  private HostRecord change(HostName host, UnaryOperator<HostRecordDocument> change) {
    try {
      var document =
          store.update(
              Kind.HOST_RECORD,
              host.text(),
              stored ->
                  change
                      .apply(
                          stored.text().isEmpty()
                              ? HostRecordDocument.create(stored, host)
                              : HostRecordDocument.read(stored))
                      .document());
      return HostRecordDocument.read(document).record();
    } catch (InvalidInput e) {
      throw HostRecordDocument.corrupt(e);
    }
  }
}
