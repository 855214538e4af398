package dev.ansiblevenv.orchestration.plan;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.session.HostListing;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.core.session.VenvListing;
import dev.ansiblevenv.core.wheel.PythonPlatform;
import dev.ansiblevenv.core.wheel.SourceBuilds;
import dev.ansiblevenv.core.wheel.WheelChoice;
import dev.ansiblevenv.orchestration.deploy.HostPythons;
import dev.ansiblevenv.orchestration.deploy.Hosts;
import dev.ansiblevenv.orchestration.deploy.LockHistory;
import dev.ansiblevenv.orchestration.deploy.LockSoFar;
import dev.ansiblevenv.orchestration.deploy.PlaybookPreparation;
import dev.ansiblevenv.orchestration.deploy.PushHosts;
import dev.ansiblevenv.orchestration.deploy.ReplacedVenvs;
import dev.ansiblevenv.orchestration.deploy.SupersededSpecs;
import dev.ansiblevenv.orchestration.deploy.Target;
import dev.ansiblevenv.orchestration.lock.LockReport;
import dev.ansiblevenv.orchestration.plan.DeployPlan.Action;
import dev.ansiblevenv.orchestration.plan.DeployPlan.Environment;
import dev.ansiblevenv.orchestration.plan.DeployPlan.Sent;
import dev.ansiblevenv.orchestration.process.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Goes the way of a deploy up to where something would be written.
public final class DeployPlanner {

  private final PlaybookPreparation preparation;
  private final LockHistory locks;
  private final Hosts hosts;
  private final PushHosts alwaysPushed;
  private final ReplacedVenvs replaced;
  private final SupersededSpecs superseded;

  public DeployPlanner(
      PlaybookPreparation preparation,
      LockHistory locks,
      Hosts hosts,
      PushHosts alwaysPushed,
      ReplacedVenvs replaced,
      SupersededSpecs superseded) {
    this.preparation = preparation;
    this.locks = locks;
    this.hosts = hosts;
    this.alwaysPushed = alwaysPushed;
    this.replaced = replaced;
    this.superseded = superseded;
  }

  /// @throws dev.ansiblevenv.diagnostic.Failure as a deploy until then
  public DeployPlan plan(PlanRequest request, Consumer<Progress> progress) {
    var target = hosts.find(request.host());
    hosts.announce(progress);
    try (var session = hosts.connect(target)) {
      var examination = preparation.examine(request.playbook(), request.process());
      var soFar = locks.lockSoFar(examination);
      var prepared =
          preparation.prepared(
              examination,
              request.playbook(),
              request.process(),
              () -> HostPythons.choose(session, target.known()).version(),
              false,
              progress);
      var spec = prepared.spec();
      var lock = prepared.lock();
      var own = soFar.flatMap(LockSoFar::own);
      var before = own.or(() -> soFar.map(LockSoFar::lock));
      var venvs = replaced.older(spec, target.name());
      var build = build(request, target, spec.name(), lock, session);
      return new DeployPlan(
          target.name().text(),
          LockReport.Entry.of(spec.name(), own, before, lock),
          build.environment(),
          build.sent(),
          build.withoutWheels(),
          venvs,
          superseded.after(spec, target.name().text(), venvs));
    }
  }

  private record Build(
      Environment environment, List<Sent> sent, List<SourceBuilds.SourceBuild> withoutWheels) {}

  private Build build(
      PlanRequest request, Target target, String name, Lock lock, HostSession session) {
    var listing = session.list();
    var fitting =
        listing.venvs().stream()
            .filter(venv -> venv.healthy() && venv.lock().equals(lock.digest()))
            .toList();
    var there = listing.venvs().stream().filter(venv -> venv.name().equals(name)).findFirst();
    if (!fitting.isEmpty()) {
      var isThere = there.filter(fitting::contains).isPresent();
      var environment =
          new Environment(
              isThere ? Action.USE : Action.LINK,
              fitting.getFirst().python(),
              isThere ? "" : "an environment of the same lock is there",
              Optional.empty());
      return new Build(environment, List.of(), List.of());
    }
    var python = HostPythons.choose(session, target.known(), lock);
    var platform = PythonPlatform.of(session.facts(), python);
    var environment =
        new Environment(
            Action.BUILD,
            python.version(),
            there.map(DeployPlanner::why).orElse("it is new there"),
            expected(listing));
    var push = request.push() || alwaysPushed.pushesTo(target);
    return new Build(
        environment,
        sent(lock, push ? Optional.of(platform) : Optional.empty()),
        push ? List.of() : SourceBuilds.of(lock, platform));
  }

  private static String why(VenvListing venv) {
    return venv.healthy() ? "the lock has changed" : venv.problem();
  }

  private static List<Sent> sent(Lock lock, Optional<PythonPlatform> pushedTo) {
    var sent = new ArrayList<Sent>();
    lock.collections().stream()
        .map(each -> new Sent("collection", each.name() + " " + each.version(), each.size()))
        .forEach(sent::add);
    pushedTo.ifPresent(platform ->
        WheelChoice.of(lock, platform)
            .forEach(wheel -> sent.add(new Sent("wheel", wheel.file(), 0))));
    return sent;
  }

  /// The median of the builds that the host remembers.
  private static Optional<Duration> expected(HostListing listing) {
    var known =
        listing.venvs().stream()
            .map(VenvListing::builtIn)
            .filter(Duration::isPositive)
            .sorted()
            .toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() / 2));
  }
}
