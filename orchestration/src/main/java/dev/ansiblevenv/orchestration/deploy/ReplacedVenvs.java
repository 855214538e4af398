package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.session.GarbagePolicy;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.SpecHistory;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Lets go what an edit replaced, once its run is over: on the host the venvs of older contents of
/// the playbook and what only they needed, then in the project what no host has any more. A venv
/// that a run is in stays until the next time. Whatever prevents it is no reason for a deploy to
/// fail.
public final class ReplacedVenvs {

  private static final Duration COLLECTION_INTERVAL = Duration.ofDays(1);

  private final Supplier<ProjectConfiguration> configuration;
  private final SpecHistory history;
  private final HostTracker tracker;
  private final InventorySync sync;
  private final SupersededSpecs specs;

  public ReplacedVenvs(
      Supplier<ProjectConfiguration> configuration,
      SpecHistory history,
      HostTracker tracker,
      InventorySync sync,
      SupersededSpecs specs) {
    this.configuration = configuration;
    this.history = history;
    this.tracker = tracker;
    this.sync = sync;
    this.specs = specs;
  }

  /// On a host that has the venv of this spec.
  ///
  /// @param isOneOfMany whether the caller makes the inventory and the project follow, once for all
  ///   hosts
  void remove(
      VenvSpecification spec,
      Target target,
      HostSession session,
      boolean isOneOfMany,
      Consumer<Progress> progress) {
    try {
      var gone = session.isLost() ? List.<String>of() : removed(spec, target, session);
      if (!isOneOfMany) {
        if (!gone.isEmpty()) {
          sync.follow(List.of(target.name()));
        }
        specs.remove();
      }
    } catch (Failure failure) {
      progress.accept(
          new Progress.Warning(
              "what the edit replaced could not be removed: " + failure.getMessage()));
    }
  }

  /// The venvs that a deploy of this spec removes from the host, unless a run is in them.
  ///
  /// @param spec the deployed one, which need not be stored yet
  /// @throws Failure when a spec or the host record is not valid
  public List<String> older(VenvSpecification spec, HostName host) {
    var record = tracker.record(host);
    var kept = configuration.get().keep().orElse(ProjectConfiguration.DEFAULT_VENVS_KEPT);
    return history.of(spec.name(), spec.sourcePlaybook()).stream()
        .map(VenvSpecification::name)
        .filter(name -> !name.equals(spec.name()) && record.venv(name).isPresent())
        .skip(kept - 1L)
        .toList();
  }

  private List<String> removed(VenvSpecification spec, Target target, HostSession session) {
    var gone = new ArrayList<String>();
    var every = COLLECTION_INTERVAL;
    for (var name : older(spec, target.name())) {
      var removal = session.remove(name);
      if (!removal.inUse()) {
        tracker.remove(target.name(), name);
        gone.add(name);
        every = removal.environment() ? Duration.ZERO : every;
      }
    }
    if (!gone.isEmpty()) {
      session.collectGarbage(GarbagePolicy.DEFAULT, every);
    }
    return gone;
  }
}
