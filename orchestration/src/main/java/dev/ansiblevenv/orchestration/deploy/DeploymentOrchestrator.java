package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.deploy.PlaybookPreparation.Prepared;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.project.SharedListing;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Takes a playbook to a host: process, look up, create if needed, track, run. Each step is done
/// only if it is needed, and nothing of the user's is written before the playbook is known to be
/// valid.
public final class DeploymentOrchestrator {

  /// Somebody else may lock the same playbook at the same time.
  private static final int MAX_ATTEMPTS = 5;

  private final PlaybookProcessor processor;
  private final PlaybookPreparation preparation;
  private final NamedLocks namedLocks;
  private final HostTracker tracker;
  private final Hosts hosts;
  private final HostVenvs venvs;
  private final VenvRunner runner;
  private final BringBack bringBack;
  private final ReplacedVenvs replaced;

  public DeploymentOrchestrator(
      PlaybookProcessor processor,
      PlaybookPreparation preparation,
      NamedLocks namedLocks,
      HostTracker tracker,
      Hosts hosts,
      HostVenvs venvs,
      VenvRunner runner,
      BringBack bringBack,
      ReplacedVenvs replaced) {
    this.processor = processor;
    this.preparation = preparation;
    this.namedLocks = namedLocks;
    this.tracker = tracker;
    this.hosts = hosts;
    this.venvs = venvs;
    this.runner = runner;
    this.bringBack = bringBack;
    this.replaced = replaced;
  }

  /// @throws dev.ansiblevenv.diagnostic.Failure of every kind; what was written until then is true
  public VenvExecutionResult deploy(DeployRequest request, Consumer<Progress> progress) {
    var target = hosts.find(request.host()).forwardingAgent(request.options().forwardsAgent());
    hosts.announce(progress);
    tracker.record(target.name());
    try (var session = hosts.connect(target)) {
      var listing = new SharedListing();
      runner.beginListing(target, request.options(), listing);
      var prepared = prepare(request, python(session, target, progress), progress).sharing(listing);
      return bringBack.after(
          deploy(request, prepared, target, session, false, progress), target, session, progress);
    }
  }

  /// What a deployment does before it needs a host: the spec and the lock are in the project then,
  /// unless its venv is temporary.
  ///
  /// @param python gives the version of the interpreter that a new lock is for
  public Prepared prepare(
      DeployRequest request, Supplier<String> python, Consumer<Progress> progress) {
    for (var attempt = 1; ; attempt++) {
      var prepared =
          preparation.prepared(
              preparation.examine(request.playbook(), request.process()),
              request.playbook(),
              request.process(),
              python,
              false,
              progress);
      if (request.options().temporary() || preparation.store(prepared)) {
        return prepared;
      }
      if (attempt == MAX_ATTEMPTS) {
        throw LockResolver.overtaken(prepared.spec().name());
      }
      progress.accept(
          new Progress.Step(
              prepared.spec().name() + " was locked by somebody else meanwhile: looking again"));
    }
  }

  /// The rest of a deployment, on one host.
  ///
  /// @param isOneOfMany whether the caller makes the inventory follow, once for all hosts
  public VenvExecutionResult deploy(
      DeployRequest request,
      Prepared prepared,
      Target target,
      HostSession session,
      boolean isOneOfMany,
      Consumer<Progress> progress) {
    var result =
        runner.run(
            new Deployment(
                request.run(prepared.spec().name()),
                target,
                prepared.analysis(),
                prepared.lock(),
                request.forceRecreate(),
                request.push(),
                isOneOfMany,
                prepared.listing()),
            session,
            progress);
    if (!request.options().temporary() && result.report().result().isPresent()) {
      replaced.remove(prepared.spec(), target, session, isOneOfMany, progress);
    }
    return result;
  }

  /// Runs a playbook in a venv that is named rather than found out.
  ///
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the project has no profile and no spec of
  ///   that name
  public VenvExecutionResult run(RunOrder order, Consumer<Progress> progress) {
    var target = hosts.find(order.host()).forwardingAgent(order.options().forwardsAgent());
    hosts.announce(progress);
    tracker.record(target.name());
    try (var session = hosts.connect(target)) {
      var named = named(order.venv(), session, target, progress);
      var variables = new CallVariables(order.options().extraVars());
      var analysis = processor.analyze(order.playbook(), ProcessOptions.DEFAULT.with(variables));
      var deployment =
          new Deployment(
              order.in(named.name()),
              target,
              analysis,
              named.lock(),
              false,
              false,
              false,
              new SharedListing());
      return bringBack.after(runner.run(deployment, session, progress), target, session, progress);
    }
  }

  /// Makes sure that a host has a venv: one look when it is there.
  ///
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the project has no profile and no spec of
  ///   that name
  public EnsuredVenv ensure(EnsureRequest request, Consumer<Progress> progress) {
    var target = hosts.find(request.host());
    hosts.announce(progress);
    tracker.record(target.name());
    try (var session = hosts.connect(target)) {
      var named = named(request.venv(), session, target, progress);
      return venvs.ensure(
          target,
          named.name(),
          named.lock(),
          request.forceRecreate(),
          request.push(),
          session,
          progress);
    }
  }

  private NamedLocks.Named named(
      String name, HostSession session, Target target, Consumer<Progress> progress) {
    return namedLocks.locked(name, python(session, target, progress), progress);
  }

  private static Supplier<String> python(
      HostSession session, Target target, Consumer<Progress> progress) {
    return () -> {
      progress.accept(new Progress.Step("Looking for the Pythons of " + target.name().text()));
      return HostPythons.choose(session, target.known()).version();
    };
  }
}
