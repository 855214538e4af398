package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.environment.BuildProgress;
import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Has hosts make venvs, and tracks what they have.
public final class HostVenvs {

  private final BuildSupplies supplies;
  private final PushHosts alwaysPushed;
  private final HostTracker tracker;
  private final InventorySync sync;

  /// @param alwaysPushed hosts that are pushed to although nobody says so
  public HostVenvs(
      BuildSupplies supplies, PushHosts alwaysPushed, HostTracker tracker, InventorySync sync) {
    this.alwaysPushed = alwaysPushed;
    this.supplies = supplies;
    this.tracker = tracker;
    this.sync = sync;
  }

  /// @param rebuild make the environment anew although a healthy one is there
  EnvironmentRequest request(Target target, String venv, Lock lock, boolean rebuild) {
    var first = tracker.record(target.name()).venv(venv).isEmpty();
    return new EnvironmentRequest(
        venv, lock, HostPythons.configured(target.known()), rebuild, first);
  }

  /// What a build of the lock on the host needs, once it is known that it has to be built.
  ///
  /// @param push send everything, so that the host needs no network
  Function<HostFacts, BuildInputs> inputs(
      Target target, Lock lock, boolean push, HostSession session) {
    return facts ->
        push || alwaysPushed.pushesTo(target)
            ? supplies.pushed(lock, facts, HostPythons.choose(session, target.known(), lock))
            : supplies.of(lock, facts);
  }

  /// Makes sure that the host has the venv: one look when it is there and noted.
  ///
  /// @param push see [#inputs]
  public EnsuredVenv ensure(
      Target target,
      String venv,
      Lock lock,
      boolean rebuild,
      boolean push,
      HostSession session,
      Consumer<Progress> progress) {
    var environment =
        session.ensure(
            request(target, venv, lock, rebuild),
            inputs(target, lock, push, session),
            step -> tell(step, progress));
    var metadata = track(target, venv, lock, environment);
    var messages = new ArrayList<>(follow(List.of(target.name())));
    messages.forEach(note -> progress.accept(new Progress.Warning(note)));
    told(environment)
        .ifPresent(text -> {
          messages.add(text);
          progress.accept(new Progress.Step(text));
        });
    return new EnsuredVenv(environment.status(), metadata, lock.packages(), List.copyOf(messages));
  }

  /// Makes the inventory say what the records of these hosts say.
  ///
  /// @return in one line each, what it does not say now
  public List<String> follow(Collection<HostName> hosts) {
    return sync.follow(hosts);
  }

  /// The record is written only after the fact on the host. [#follow] is for the caller: the files
  /// of a run may be on their way, the inventory among them.
  VenvMetadata track(Target target, String venv, Lock lock, HostEnvironment environment) {
    var record =
        environment.status() == HostEnvironment.Status.BUILT
            ? tracker.replace(target.name(), venv, environment.path())
            : tracker.add(target.name(), venv, environment.path());
    return VenvMetadata.of(record.venv(venv).orElseThrow(), target.name(), environment, lock);
  }

  /// The installer lists every package; what it did in all is enough.
  static void tell(BuildProgress step, Consumer<Progress> progress) {
    if (!step.detail().startsWith("+ ")) {
      progress.accept(new Progress.Step(step.phase() + ": " + step.detail()));
    }
  }

  /// What was done about an environment; empty for one that was there.
  static Optional<String> told(HostEnvironment environment) {
    return switch (environment.status()) {
      case READY -> Optional.empty();
      case LINKED -> Optional.of("Linked " + environment.path() + ": " + environment.reason());
      case BUILT -> Optional.of("Built " + environment.path() + ": " + environment.reason());
    };
  }
}
