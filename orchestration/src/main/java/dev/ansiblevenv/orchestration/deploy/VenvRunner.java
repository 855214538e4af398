package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.BuildProgress;
import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedRole;
import dev.ansiblevenv.core.lock.RoleStore;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Has a host make the environment of a deployment if it lacks it, tracks that, and runs the
/// playbook there.
public final class VenvRunner {

  private final Path project;
  private final Clock clock;
  private final Supplier<? extends RandomGenerator> random;
  private final BuildSupplies supplies;
  private final Supplier<RoleStore> roles;
  private final HostTracker tracker;
  private final InventorySync sync;

  public VenvRunner(
      Path project,
      Clock clock,
      Supplier<? extends RandomGenerator> random,
      BuildSupplies supplies,
      Supplier<RoleStore> roles,
      HostTracker tracker,
      InventorySync sync) {
    this.project = project;
    this.clock = clock;
    this.random = random;
    this.supplies = supplies;
    this.roles = roles;
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
            facts -> supplies.of(deployment.lock(), facts),
            step -> tell(step, progress),
            environment -> outcome.tracked(environment, track(deployment, environment)),
            request(deployment),
            outcome::happened);
    return outcome.result(result);
  }

  /// The installer lists every package; what it did in all is enough.
  private static void tell(BuildProgress step, Consumer<Progress> progress) {
    if (!step.detail().startsWith("+ ")) {
      progress.accept(new Progress.Step(step.phase() + ": " + step.detail()));
    }
  }

  /// The record is written only after the fact on the host, and the inventory after the record.
  private VenvMetadata track(Deployment deployment, HostEnvironment environment) {
    var venv = deployment.order().venv();
    var record =
        environment.status() == HostEnvironment.Status.BUILT
            ? tracker.replace(deployment.target().name(), venv, environment.path())
            : tracker.add(deployment.target().name(), venv, environment.path());
    sync.syncHost(deployment.target().name());
    return VenvMetadata.of(
        record.venv(venv).orElseThrow(),
        deployment.target().name(),
        environment,
        deployment.lock());
  }

  private Map<String, Path> roles(Lock lock) {
    return lock.roles().stream()
        .collect(Collectors.toMap(LockedRole::name, role -> roles.get().content(role)));
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
        new ProjectFiles(project, playbook).of(deployment.analysis(), roles(deployment.lock())),
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
