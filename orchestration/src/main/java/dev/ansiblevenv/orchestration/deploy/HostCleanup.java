package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.session.Garbage;
import dev.ansiblevenv.core.session.GarbagePolicy;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.core.session.RunListing;
import dev.ansiblevenv.core.session.VenvListing;
import dev.ansiblevenv.orchestration.deploy.CleanupReport.Removal;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets go what a host no longer needs: venvs of this project whose spec is gone or that the policy
/// lets go, then what nothing refers to any more. Only venvs that the host record names are looked
/// at, and none with a run that goes on; the record and the inventory follow each removal.
public final class HostCleanup {

  private final Clock clock;
  private final SpecStorage specs;
  private final HostTracker tracker;
  private final InventorySync sync;
  private final Hosts hosts;

  public HostCleanup(
      Clock clock, SpecStorage specs, HostTracker tracker, InventorySync sync, Hosts hosts) {
    this.clock = clock;
    this.specs = specs;
    this.tracker = tracker;
    this.sync = sync;
    this.hosts = hosts;
  }

  public CleanupReport cleanup(CleanupRequest request) {
    var target = hosts.find(request.host());
    var host = target.name();
    var record = tracker.record(host);
    var removals = new ArrayList<Removal>();
    try (var session = hosts.connect(target)) {
      var listing = session.list();
      var onHost = new HashMap<String, VenvListing>();
      listing.venvs().forEach(venv -> onHost.put(venv.name(), venv));
      var newestFirst =
          record.installedVenvs().stream()
              .sorted(Comparator.comparing(InstalledVenv::installedDate).reversed())
              .toList();
      var kept = new HashMap<String, Integer>();
      for (var venv : newestFirst) {
        var reason = reason(venv, onHost.get(venv.name()), listing.runs(), kept, request);
        if (reason.isPresent()) {
          removals.add(new Removal("venv", venv.name(), 0, reason.get()));
          if (!request.dryRun()) {
            remove(session, host, venv.name());
          }
        }
      }
      session.collectGarbage(GarbagePolicy.DEFAULT, request.dryRun()).stream()
          .map(HostCleanup::removal)
          .forEach(removals::add);
    }
    return new CleanupReport(host.text(), request.dryRun(), List.copyOf(removals));
  }

  private void remove(HostSession session, HostName host, String venv) {
    session.remove(venv);
    tracker.remove(host, venv);
    sync.syncHost(host);
  }

  /// Why a venv may go; empty when it stays.
  private Optional<String> reason(
      InstalledVenv venv,
      @Nullable VenvListing onHost,
      List<RunListing> runs,
      Map<String, Integer> kept,
      CleanupRequest request) {
    var own = runs.stream().filter(run -> run.venv().equals(venv.name())).toList();
    if (own.stream().anyMatch(run -> run.status().equals("running"))) {
      return Optional.empty();
    }
    if (onHost == null) {
      return Optional.of("the host does not have it");
    }
    var spec = specs.find(venv.name());
    if (spec.isEmpty()) {
      return Optional.of("its spec is gone");
    }
    var playbook = spec.map(VenvSpecification::sourcePlaybook).orElseThrow();
    var place = kept.merge(playbook, 1, Integer::sum);
    if (request.keepPerPlaybook().filter(most -> place > most).isPresent()) {
      return Optional.of(
          request.keepPerPlaybook().orElseThrow() + " newer ones of " + playbook + " stay");
    }
    var lastUse =
        own.stream()
            .map(RunListing::started)
            .max(Comparator.naturalOrder())
            .orElseGet(() -> venv.installedDate().atZone(clock.getZone()).toInstant());
    return request
        .unusedFor()
        .filter(limit -> lastUse.isBefore(clock.instant().minus(limit)))
        .map(limit -> "unused for " + days(lastUse) + " days");
  }

  private long days(Instant lastUse) {
    return Duration.between(lastUse, clock.instant()).toDays();
  }

  private static Removal removal(Garbage garbage) {
    return new Removal(garbage.kind(), garbage.path(), garbage.bytes(), garbage.reason());
  }
}
