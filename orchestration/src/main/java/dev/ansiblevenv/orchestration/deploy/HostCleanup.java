package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.session.Garbage;
import dev.ansiblevenv.core.session.GarbagePolicy;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.deploy.CleanupReport.Removal;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Lets go what a host no longer needs: venvs of this project whose spec is gone or that the policy
/// lets go, then what nothing refers to any more, and in the project the specs that were replaced.
/// Only venvs that the host record names are looked at, and none with a run that goes on; the
/// record and the inventory follow each removal.
public final class HostCleanup {

  private static final dev.ansiblevenv.core.session.Removal FORESEEN =
      new dev.ansiblevenv.core.session.Removal(true, true, false, "");

  private static final dev.ansiblevenv.core.session.Removal FORGOTTEN =
      new dev.ansiblevenv.core.session.Removal(false, false, false, "");

  private final Supplier<ProjectConfiguration> configuration;
  private final SpecStorage specs;
  private final HostTracker tracker;
  private final InventorySync sync;
  private final Hosts hosts;
  private final SupersededSpecs superseded;

  /// @param configuration gives the policy where a request does not
  public HostCleanup(
      Supplier<ProjectConfiguration> configuration,
      SpecStorage specs,
      HostTracker tracker,
      InventorySync sync,
      Hosts hosts,
      SupersededSpecs superseded) {
    this.configuration = configuration;
    this.specs = specs;
    this.tracker = tracker;
    this.sync = sync;
    this.hosts = hosts;
    this.superseded = superseded;
  }

  public CleanupReport cleanup(CleanupRequest request) {
    var policy = request.completedBy(configuration.get());
    var target = hosts.find(request.host());
    var host = target.name();
    var record = tracker.record(host);
    var removals = new ArrayList<Removal>();
    try (var session = hosts.connect(target)) {
      var listing = session.list();
      var retention = new VenvRetention(specs, listing, policy);
      var shared = new SharedEnvironments(listing.venvs());
      var gone = new ArrayList<String>();
      for (var going : retention.goingOf(record.installedVenvs())) {
        var name = going.venv();
        var bytes = shared.givenBackBy(name);
        var outcome = request.dryRun() ? FORESEEN : remove(session, host, name, going.onHost());
        if (!outcome.inUse()) {
          removals.add(
              new Removal("venv", name, outcome.environment() ? bytes : 0, going.reason()));
          gone.add(name);
        }
      }
      var garbage =
          request.dryRun()
              ? session.foreseeGarbage(GarbagePolicy.DEFAULT, gone)
              : session.collectGarbage(GarbagePolicy.DEFAULT);
      garbage.stream().map(HostCleanup::removal).forEach(removals::add);
      superseded.superseded(record.hostname(), gone).stream()
          .map(spec ->
              new Removal(
                  "spec",
                  spec.name(),
                  0,
                  "a newer one of " + spec.sourcePlaybook() + " is there, and no host has it"))
          .forEach(removals::add);
    }
    if (!request.dryRun()) {
      superseded.remove();
    }
    return new CleanupReport(host.text(), request.dryRun(), List.copyOf(removals));
  }

  /// @param onHost whether there is a venv of that name that is ours
  private dev.ansiblevenv.core.session.Removal remove(
      HostSession session, HostName host, String venv, boolean onHost) {
    var outcome = onHost ? session.remove(venv) : FORGOTTEN;
    if (!outcome.inUse()) {
      tracker.remove(host, venv);
      sync.follow(List.of(host));
    }
    return outcome;
  }

  private static Removal removal(Garbage garbage) {
    return new Removal(garbage.kind(), garbage.path(), garbage.bytes(), garbage.reason());
  }
}
