package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.process.Once;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.util.function.Consumer;

/// Takes a playbook to a host: process, look up, create if needed, track, run. Each step is done
/// only if it is needed, and nothing of the user's is written before the playbook is known to be
/// valid.
public final class DeploymentOrchestrator {

  private final PlaybookProcessor processor;
  private final LockResolver locks;
  private final LockedAnalyses analyses;
  private final LintCollections lintCollections;
  private final SpecStorage specs;
  private final HostTracker tracker;
  private final Hosts hosts;
  private final VenvRunner runner;

  public DeploymentOrchestrator(
      PlaybookProcessor processor,
      LockResolver locks,
      LockedAnalyses analyses,
      LintCollections lintCollections,
      SpecStorage specs,
      HostTracker tracker,
      Hosts hosts,
      VenvRunner runner) {
    this.processor = processor;
    this.locks = locks;
    this.analyses = analyses;
    this.lintCollections = lintCollections;
    this.specs = specs;
    this.tracker = tracker;
    this.hosts = hosts;
    this.runner = runner;
  }

  /// @throws dev.ansiblevenv.diagnostic.Failure of every kind; what was written until then is true
  public VenvExecutionResult deploy(DeployRequest request, Consumer<Progress> progress) {
    var target = hosts.find(request.host());
    tracker.record(target.name());
    try (var session = hosts.connect(target)) {
      var known = analyses.known(processor.examine(request.playbook(), request.process()));
      var settled =
          new Once<>(() ->
              analyses.settled(
                  known, () -> HostPythons.choose(session, target.known()).version(), progress));
      var report =
          processor.validate(
              known.examination().analysis(),
              request.playbook(),
              request.process(),
              () -> lintCollections.sight(settled.get()),
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
          new Deployment(request.run(name), target, analysis, lock, request.forceRecreate()),
          session,
          progress);
    }
  }

  /// Runs a playbook in a venv that is named rather than found out.
  ///
  /// @throws UsageFailure when the project has no spec and lock of that name
  public VenvExecutionResult run(RunOrder order, Consumer<Progress> progress) {
    var target = hosts.find(order.host());
    var lock =
        specs
            .find(order.venv())
            .map(VenvSpecification::name)
            .flatMap(locks::stored)
            .orElseThrow(() ->
                new UsageFailure(
                    "there is no locked spec `" + order.venv() + "`",
                    "venv_specs/",
                    "",
                    "deploy the playbook that it is made from"));
    try (var session = hosts.connect(target)) {
      var analysis = processor.analyze(order.playbook(), ProcessOptions.DEFAULT);
      return runner.run(new Deployment(order, target, analysis, lock, false), session, progress);
    }
  }
}
