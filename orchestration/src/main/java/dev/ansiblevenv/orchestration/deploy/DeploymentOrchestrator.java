package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.process.Once;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.util.function.Consumer;

/// Takes a playbook to a host: process, look up, create if needed, track, run. Each step is done
/// only if it is needed, and nothing of the user's is written before the playbook is known to be
/// valid.
public final class DeploymentOrchestrator {

  private final PlaybookProcessor processor;
  private final LockResolver locks;
  private final NamedLocks namedLocks;
  private final LockedAnalyses analyses;
  private final LintCollections lintCollections;
  private final SpecStorage specs;
  private final HostTracker tracker;
  private final Hosts hosts;
  private final HostVenvs venvs;
  private final VenvRunner runner;

  public DeploymentOrchestrator(
      PlaybookProcessor processor,
      LockResolver locks,
      NamedLocks namedLocks,
      LockedAnalyses analyses,
      LintCollections lintCollections,
      SpecStorage specs,
      HostTracker tracker,
      Hosts hosts,
      HostVenvs venvs,
      VenvRunner runner) {
    this.processor = processor;
    this.locks = locks;
    this.namedLocks = namedLocks;
    this.analyses = analyses;
    this.lintCollections = lintCollections;
    this.specs = specs;
    this.tracker = tracker;
    this.hosts = hosts;
    this.venvs = venvs;
    this.runner = runner;
  }

  /// @throws dev.ansiblevenv.diagnostic.Failure of every kind; what was written until then is true
  public VenvExecutionResult deploy(DeployRequest request, Consumer<Progress> progress) {
    var target = hosts.find(request.host());
    tracker.record(target.name());
    try (var session = hosts.connect(target)) {
      var examination = processor.examine(request.playbook(), request.process());
      processor.requireOwnName(examination.analysis(), request.playbook(), specs);
      var known = analyses.known(examination);
      var settled =
          new Once<>(() ->
              analyses.settled(
                  known, () -> HostPythons.choose(session, target.known()).version(), progress));
      var report =
          processor.validate(
              known.examination().analysis(),
              request.playbook(),
              request.process(),
              () -> sight(settled.get()),
              progress);
      PlaybookProcessor.requireValid(report);
      var analysis = settled.get().analysis();
      var last = report.of(analysis);
      PlaybookProcessor.requireValid(last);
      specs.write(processor.specification(last, request.playbook()));
      var name = analysis.name();
      var lock = settled.get().lock();
      locks.store(name, lock);
      return runner.run(
          new Deployment(
              request.run(name), target, analysis, lock, request.forceRecreate(), request.push()),
          session,
          progress);
    }
  }

  private PlaybookProcessor.Sight sight(LockedAnalyses.Settled settled) {
    return new PlaybookProcessor.Sight(
        settled.analysis(), () -> lintCollections.root(settled.lock()));
  }

  /// Runs a playbook in a venv that is named rather than found out.
  ///
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the project has no profile and no spec of
  ///   that name
  public VenvExecutionResult run(RunOrder order, Consumer<Progress> progress) {
    var target = hosts.find(order.host());
    tracker.record(target.name());
    try (var session = hosts.connect(target)) {
      var named = named(order.venv(), session, target, progress);
      var analysis = processor.analyze(order.playbook(), ProcessOptions.DEFAULT);
      return runner.run(
          new Deployment(order.in(named.name()), target, analysis, named.lock(), false, false),
          session,
          progress);
    }
  }

  /// Makes sure that a host has a venv: one look when it is there.
  ///
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the project has no profile and no spec of
  ///   that name
  public EnsuredVenv ensure(EnsureRequest request, Consumer<Progress> progress) {
    var target = hosts.find(request.host());
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
    return namedLocks.locked(
        name, () -> HostPythons.choose(session, target.known()).version(), progress);
  }
}
