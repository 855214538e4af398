package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.environment.BuildProgress;
import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Has a host make the environment of a deployment if it lacks it, tracks that, and runs the
/// playbook there.
public final class VenvRunner {

  private final Path project;
  private final Clock clock;
  private final Supplier<? extends RandomGenerator> random;
  private final BuildSupplies supplies;
  private final HostTracker tracker;
  private final InventorySync sync;

  public VenvRunner(
      Path project,
      Clock clock,
      Supplier<? extends RandomGenerator> random,
      BuildSupplies supplies,
      HostTracker tracker,
      InventorySync sync) {
    this.project = project;
    this.clock = clock;
    this.random = random;
    this.supplies = supplies;
    this.tracker = tracker;
    this.sync = sync;
  }

  VenvExecutionResult run(Deployment deployment, HostSession session, Consumer<Progress> progress) {
    var outcome = new Outcome(deployment, progress);
    var result =
        session.ensureAndRun(
            new EnvironmentRequest(
                deployment.order().venv(),
                deployment.lock(),
                HostPythons.configured(deployment.target().known()),
                deployment.rebuild()),
            inputs(deployment.target(), deployment.lock(), deployment.push(), session),
            step -> tell(step, progress),
            environment ->
                outcome.tracked(
                    environment,
                    track(
                        deployment.target(),
                        deployment.order().venv(),
                        deployment.lock(),
                        environment)),
            request(deployment),
            outcome::happened);
    return outcome.result(result);
  }

  /// Has the host make an environment if it lacks it, and tracks that. Runs nothing.
  ///
  /// @param push send everything that the build needs, so that the host needs no network
  public VenvMetadata ensure(
      Target target,
      String venv,
      Lock lock,
      boolean push,
      HostSession session,
      Consumer<Progress> progress) {
    var environment =
        session.ensure(
            new EnvironmentRequest(venv, lock, HostPythons.configured(target.known()), false),
            inputs(target, lock, push, session),
            step -> tell(step, progress));
    return track(target, venv, lock, environment);
  }

  private Function<HostFacts, BuildInputs> inputs(
      Target target, Lock lock, boolean push, HostSession session) {
    return facts ->
        push
            ? supplies.pushed(lock, facts, HostPythons.choose(session, target.known(), lock))
            : supplies.of(lock, facts);
  }

  /// The installer lists every package; what it did in all is enough.
  private static void tell(BuildProgress step, Consumer<Progress> progress) {
    if (!step.detail().startsWith("+ ")) {
      progress.accept(new Progress.Step(step.phase() + ": " + step.detail()));
    }
  }

  /// The record is written only after the fact on the host, and the inventory after the record.
  private VenvMetadata track(Target target, String venv, Lock lock, HostEnvironment environment) {
    var host = target.name();
    var record =
        environment.status() == HostEnvironment.Status.BUILT
            ? tracker.replace(host, venv, environment.path())
            : tracker.add(host, venv, environment.path());
    sync.syncHost(host);
    return VenvMetadata.of(record.venv(venv).orElseThrow(), host, environment, lock);
  }

  private RunRequest request(Deployment deployment) {
    var order = deployment.order();
    var playbook = order.playbook().toAbsolutePath().normalize();
    var options = order.options();
    return new RunRequest(
        RunId.create(clock.instant(), random.get()),
        order.venv(),
        deployment.lock().digest(),
        project.relativize(playbook).toString(),
        new ProjectFiles(project, playbook).of(deployment.analysis()),
        TargetInventory.of(deployment.target()),
        options.extraVars(),
        new RunOptions(
            options.tags(),
            options.skipTags(),
            options.limit().orElse(""),
            options.startAtTask().orElse(""),
            options.forks(),
            options.verbosity(),
            options.check(),
            options.diff(),
            options.become()),
        new RunRequest.Terminal(Math.clamp(order.columns(), 20, 10_000), order.colour()),
        "");
  }
}
