package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedRole;
import dev.ansiblevenv.core.lock.RoleStore;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.inventory.GivenInventory;
import dev.ansiblevenv.orchestration.inventory.InventoryManager;
import dev.ansiblevenv.orchestration.process.Progress;
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
  private final HostVenvs venvs;
  private final InventoryManager inventory;
  private final Supplier<RoleStore> roles;
  private final Supplier<ProjectConfiguration> configuration;

  public VenvRunner(
      Path project,
      Clock clock,
      Supplier<? extends RandomGenerator> random,
      HostVenvs venvs,
      InventoryManager inventory,
      Supplier<RoleStore> roles,
      Supplier<ProjectConfiguration> configuration) {
    this.project = project;
    this.clock = clock;
    this.random = random;
    this.venvs = venvs;
    this.inventory = inventory;
    this.roles = roles;
    this.configuration = configuration;
  }

  VenvExecutionResult run(Deployment deployment, HostSession session, Consumer<Progress> progress) {
    var outcome = new Outcome(deployment, progress);
    var result =
        session.ensureAndRun(
            venvs.request(
                deployment.target(),
                deployment.order().venv(),
                deployment.lock(),
                deployment.rebuild()),
            venvs.inputs(deployment.target(), deployment.lock(), deployment.push(), session),
            step -> HostVenvs.tell(step, progress),
            environment ->
                outcome.tracked(
                    environment,
                    venvs.track(
                        deployment.target(),
                        deployment.order().venv(),
                        deployment.lock(),
                        environment)),
            request(deployment),
            outcome::happened);
    return outcome.result(result);
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
        options.inventories().isEmpty()
            ? inventory.share(deployment.target().name().text())
            : GivenInventory.of(options.inventories()),
        options.extraVars(),
        options.secrets(),
        options.ansible(),
        options.limits(),
        options.forwardsAgent(),
        new RunRequest.Terminal(Math.clamp(order.columns(), 20, 10_000), order.colour()),
        "",
        configuration.get().warm());
  }
}
