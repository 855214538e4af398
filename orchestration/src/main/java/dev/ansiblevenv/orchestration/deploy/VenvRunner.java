package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedRole;
import dev.ansiblevenv.core.lock.RoleStore;
import dev.ansiblevenv.core.run.NewRun;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.follow.FollowedRun;
import dev.ansiblevenv.orchestration.follow.Reconnection;
import dev.ansiblevenv.orchestration.follow.StartedRuns;
import dev.ansiblevenv.orchestration.process.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Supplier<RoleStore> roles;
  private final Hosts hosts;
  private final StartedRuns started;
  private final Supplier<ProjectConfiguration> configuration;

  public VenvRunner(
      Path project,
      Clock clock,
      Supplier<? extends RandomGenerator> random,
      HostVenvs venvs,
      Supplier<RoleStore> roles,
      Hosts hosts,
      StartedRuns started,
      Supplier<ProjectConfiguration> configuration) {
    this.project = project;
    this.clock = clock;
    this.random = random;
    this.venvs = venvs;
    this.roles = roles;
    this.hosts = hosts;
    this.started = started;
    this.configuration = configuration;
  }

  VenvExecutionResult run(Deployment deployment, HostSession session, Consumer<Progress> progress) {
    var outcome = new Outcome(deployment, progress);
    var target = deployment.target();
    var host = target.name().text();
    var run =
        new NewRun(request(deployment), configuration.get().runsKept().orElse(NewRun.USUALLY_KEPT));
    var environmentIsThere = new AtomicBoolean(true);
    FollowedRun.Attempt start =
        (current, watcher) ->
            current.ensureAndRun(
                venvs.request(
                    target, deployment.order().venv(), deployment.lock(), deployment.rebuild()),
                facts -> {
                  environmentIsThere.set(false);
                  return venvs
                      .inputs(target, deployment.lock(), deployment.push(), current)
                      .apply(facts);
                },
                step -> HostVenvs.tell(step, progress),
                environment -> {
                  environmentIsThere.set(true);
                  started.note(run.request().id(), host);
                  outcome.tracked(environment, track(deployment, environment));
                },
                run,
                watcher);
    var connections = new Reconnection(() -> hosts.connect(target), Reconnection.USUAL_PATIENCE);
    var report =
        new FollowedRun(
                host,
                run.request().id(),
                deployment.order().following(),
                connections,
                outcome::happened)
            // The host gives up a build whose connection is lost, and so do we.
            .start(session, start, environmentIsThere::get);
    return outcome.result(report.requireNotCancelled());
  }

  private VenvMetadata track(Deployment deployment, HostEnvironment environment) {
    return venvs.track(
        deployment.target(), deployment.order().venv(), deployment.lock(), environment);
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
