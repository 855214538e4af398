package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.override.OverrideFile;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedRole;
import dev.ansiblevenv.core.lock.RoleStore;
import dev.ansiblevenv.core.run.NewRun;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunProject;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunSettings;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.follow.FollowedRun;
import dev.ansiblevenv.orchestration.follow.Reconnection;
import dev.ansiblevenv.orchestration.follow.StartedRuns;
import dev.ansiblevenv.orchestration.inventory.RunInventories;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.project.RunProjects;
import dev.ansiblevenv.orchestration.project.SharedListing;
import dev.ansiblevenv.orchestration.secret.PassedVariables;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Has a host make the environment of a deployment if it lacks it, tracks that, and runs the
/// playbook there.
public final class VenvRunner {

  private final RunProjects projects;
  private final Clock clock;
  private final Supplier<? extends RandomGenerator> random;
  private final HostVenvs venvs;
  private final RunInventories inventories;
  private final Supplier<RoleStore> roles;
  private final Hosts hosts;
  private final StartedRuns started;
  private final PassedVariables passed;
  private final AnsibleSettingsOfRuns settings;
  private final Supplier<ProjectConfiguration> configuration;

  public VenvRunner(
      RunProjects projects,
      Clock clock,
      Supplier<? extends RandomGenerator> random,
      HostVenvs venvs,
      RunInventories inventories,
      Supplier<RoleStore> roles,
      Hosts hosts,
      StartedRuns started,
      PassedVariables passed,
      AnsibleSettingsOfRuns settings,
      Supplier<ProjectConfiguration> configuration) {
    this.projects = projects;
    this.clock = clock;
    this.random = random;
    this.venvs = venvs;
    this.inventories = inventories;
    this.roles = roles;
    this.hosts = hosts;
    this.started = started;
    this.passed = passed;
    this.settings = settings;
    this.configuration = configuration;
  }

  VenvExecutionResult run(Deployment deployment, HostSession session, Consumer<Progress> progress) {
    var outcome = new Outcome(deployment, progress);
    var target = deployment.target();
    var host = target.name().text();
    var id = RunId.create(clock.instant(), random.get());
    var venv = venv(deployment.order(), id);
    var configured = configuration.get();
    var run =
        new NewRun(
            request(deployment, id, venv, configured, progress),
            configured.runsKept().orElse(NewRun.USUALLY_KEPT));
    var environmentIsThere = new AtomicBoolean(true);
    FollowedRun.Attempt start =
        (current, watcher) ->
            current.ensureAndRun(
                venvs.request(target, venv, deployment.lock(), deployment.rebuild()),
                facts -> {
                  environmentIsThere.set(false);
                  return venvs
                      .inputs(target, deployment.lock(), deployment.push(), current)
                      .apply(facts);
                },
                step -> HostVenvs.tell(step, progress),
                environment -> {
                  environmentIsThere.set(true);
                  note(run.request().id(), host, outcome);
                  outcome.tracked(environment, metadata(deployment, venv, environment));
                },
                run,
                watcher);
    var connections = new Reconnection(() -> hosts.connect(target), Reconnection.USUAL_PATIENCE);
    var inventoryFollows = new AtomicBoolean();
    Runnable follow =
        () -> {
          if (outcome.isTracked() && !inventoryFollows.getAndSet(true)) {
            follow(deployment, outcome);
          }
        };
    try {
      var report =
          new FollowedRun(
                  host,
                  run.request().id(),
                  deployment.order().following(),
                  connections,
                  step -> {
                    if (step instanceof Progress.Running) {
                      follow.run();
                    }
                    outcome.happened(step);
                  })
              // The host gives up a build whose connection is lost, and so do we.
              .start(session, start, environmentIsThere::get);
      return outcome.result(report.requireNotCancelled());
    } finally {
      follow.run();
    }
  }

  /// The run has been asked for by now: without a note it can still be followed, from its host.
  private void note(RunId run, String host, Outcome outcome) {
    try {
      started.note(run, host);
    } catch (StateConflict e) {
      outcome.warn(
          "run "
              + run.text()
              + " on "
              + host
              + " could not be noted, so that later commands need the host's name with it: "
              + e.getMessage());
    }
  }

  /// Only once the run has begun: until then its files are sent, and the inventory is one of them.
  private void follow(Deployment deployment, Outcome outcome) {
    if (!deployment.isOneOfMany() && !deployment.order().options().temporary()) {
      venvs.follow(List.of(deployment.target().name())).forEach(outcome::warn);
    }
  }

  private Map<String, Path> roles(Lock lock) {
    return lock.roles().stream()
        .collect(Collectors.toMap(LockedRole::name, role -> roles.get().content(role)));
  }

  /// A host knows by its name that a venv is temporary, and for which run.
  private static String venv(RunOrder order, RunId id) {
    return order.options().temporary() ? order.venv() + ".tmp-" + id.text() : order.venv();
  }

  private VenvMetadata metadata(Deployment deployment, String venv, HostEnvironment environment) {
    if (!deployment.order().options().temporary()) {
      return venvs.track(deployment.target(), venv, deployment.lock(), environment);
    }
    var now = LocalDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS);
    return VenvMetadata.of(
        new InstalledVenv(venv, environment.path(), now),
        deployment.target().name(),
        environment,
        deployment.lock());
  }

  private RunRequest request(
      Deployment deployment,
      RunId id,
      String venv,
      ProjectConfiguration configured,
      Consumer<Progress> progress) {
    var order = deployment.order();
    var options = order.options();
    var project = project(deployment, configured, progress);
    return new RunRequest(
        id,
        venv,
        deployment.lock().digest(),
        project,
        inventories.of(
            deployment.target().name().text(),
            deployment.isOneOfMany(),
            path -> isThere(project, path)),
        options.extraVars(),
        options
            .secrets()
            .passing(
                passed.ofProject(configured.passedVariables(), OverrideFile.NAME + ": pass_env")),
        options.ansible(),
        options.limits(),
        options.forwardsAgent(),
        new RunRequest.Terminal(
            Math.clamp(order.columns(), 20, 10_000), order.colour(), order.following().answers()),
        "",
        configured.warm(),
        settings(deployment, options.copy() || configured.copies(), progress));
  }

  /// Whether the host has a file of the project: git may ignore it.
  private static boolean isThere(RunProject project, String path) {
    return !(project instanceof RunProject.Sent sent)
        || sent.copy().manifest().lines().containsKey(path);
  }

  private RunSettings settings(Deployment deployment, boolean copy, Consumer<Progress> progress) {
    var playbook = deployment.order().playbook().toAbsolutePath().normalize();
    var here = hosts.isThisMachine(deployment.target());
    if (here && !copy) {
      return settings.here(playbook);
    }
    return settings.elsewhere(
        playbook,
        deployment.analysis().outside(),
        here,
        text -> progress.accept(new Progress.Warning(text)));
  }

  /// Begins to list the project where a run is to have a copy of it.
  void beginListing(Target target, PlaybookOptions options, SharedListing listing) {
    if (options.copy() || !hosts.isThisMachine(target)) {
      projects.begin(listing, () -> configuration.get().copyLimit());
    }
  }

  private RunProject project(
      Deployment deployment, ProjectConfiguration configured, Consumer<Progress> progress) {
    var copy = deployment.order().options().copy() || configured.copies();
    var playbook = deployment.order().playbook().toAbsolutePath().normalize();
    var fetched = roles(deployment.lock());
    return copy || !hosts.isThisMachine(deployment.target())
        ? projects.copy(
            playbook,
            deployment.analysis(),
            fetched,
            deployment.target().name().text(),
            configured.copyLimit(),
            deployment.listing(),
            warning -> progress.accept(new Progress.Warning(warning)))
        : projects.inPlace(playbook, deployment.analysis(), fetched);
  }
}
