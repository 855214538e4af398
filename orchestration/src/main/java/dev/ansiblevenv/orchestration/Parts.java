package dev.ansiblevenv.orchestration;

import dev.ansiblevenv.analysis.PlaybookAnalyzer;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.core.confinement.ConfinementChoice;
import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.galaxy.GalaxyServers;
import dev.ansiblevenv.core.git.GitClones;
import dev.ansiblevenv.core.lint.AnsibleLint;
import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.LockStorage;
import dev.ansiblevenv.core.lock.Locker;
import dev.ansiblevenv.core.lock.RoleLocker;
import dev.ansiblevenv.core.lock.RoleStore;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.RetryPolicy;
import dev.ansiblevenv.core.tool.Controller;
import dev.ansiblevenv.core.tool.ControllerPython;
import dev.ansiblevenv.core.tool.LockedEnvironment;
import dev.ansiblevenv.core.tool.ManagedAnsibleLint;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.tool.PackageIndexes;
import dev.ansiblevenv.core.wheel.WheelStore;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.file.Boundary;
import dev.ansiblevenv.orchestration.bundle.BundleCreation;
import dev.ansiblevenv.orchestration.bundle.BundleLoading;
import dev.ansiblevenv.orchestration.configuration.AnsibleConfigurations;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.deploy.AnsibleSettingsOfRuns;
import dev.ansiblevenv.orchestration.deploy.BringBack;
import dev.ansiblevenv.orchestration.deploy.BuildSupplies;
import dev.ansiblevenv.orchestration.deploy.DeploymentOrchestrator;
import dev.ansiblevenv.orchestration.deploy.HostCleanup;
import dev.ansiblevenv.orchestration.deploy.HostVenvs;
import dev.ansiblevenv.orchestration.deploy.Hosts;
import dev.ansiblevenv.orchestration.deploy.LintCollections;
import dev.ansiblevenv.orchestration.deploy.LockHistory;
import dev.ansiblevenv.orchestration.deploy.LockResolver;
import dev.ansiblevenv.orchestration.deploy.LockedAnalyses;
import dev.ansiblevenv.orchestration.deploy.NamedLocks;
import dev.ansiblevenv.orchestration.deploy.PlaybookPreparation;
import dev.ansiblevenv.orchestration.deploy.PushHosts;
import dev.ansiblevenv.orchestration.deploy.ReplacedVenvs;
import dev.ansiblevenv.orchestration.deploy.SupersededSpecs;
import dev.ansiblevenv.orchestration.deploy.VenvRunner;
import dev.ansiblevenv.orchestration.fleet.Fleet;
import dev.ansiblevenv.orchestration.fleet.FleetDeployment;
import dev.ansiblevenv.orchestration.fleet.HostPatterns;
import dev.ansiblevenv.orchestration.follow.StartedRuns;
import dev.ansiblevenv.orchestration.inventory.InventoryManager;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.inventory.PluginEnvironments;
import dev.ansiblevenv.orchestration.inventory.RunInventories;
import dev.ansiblevenv.orchestration.knowledge.LockedIndexes;
import dev.ansiblevenv.orchestration.knowledge.LockedRoles;
import dev.ansiblevenv.orchestration.knowledge.RememberedLocks;
import dev.ansiblevenv.orchestration.lock.ProjectLocks;
import dev.ansiblevenv.orchestration.plan.DeployPlanner;
import dev.ansiblevenv.orchestration.process.FormCache;
import dev.ansiblevenv.orchestration.process.Once;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.project.LoadedFiles;
import dev.ansiblevenv.orchestration.project.RunProjects;
import dev.ansiblevenv.orchestration.run.HostRuns;
import dev.ansiblevenv.orchestration.secret.PassedVariables;
import dev.ansiblevenv.orchestration.spec.SpecHistory;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import dev.ansiblevenv.orchestration.tracking.VenvRegistry;
import dev.ansiblevenv.orchestration.verify.VenvRepair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// What the operations are made of, put together. The one place that knows who gets what.
final class Parts {

  private final Settings settings;
  final AnsibleConfigurations configurations;
  final Controller controller;
  final ControllerPython python;
  final ManagedUv uv;
  final ManagedAnsibleLint lint;
  final ConfinementChoice confinements;
  final PlaybookProcessor processor;
  final LockResolver locks;
  final LockHistory lockHistory;
  final LockedAnalyses analyses;
  final LintCollections lintCollections;
  final SpecStorage specs;
  final HostTracker tracker;
  final VenvRegistry registry;
  final InventoryManager inventory;
  final InventorySync sync;
  final Hosts hosts;
  final PlaybookPreparation preparation;
  final SupersededSpecs superseded;
  final HostCleanup cleanup;
  final DeployPlanner planner;
  final ProjectLocks projectLocks;
  final DeploymentOrchestrator orchestrator;
  final HostRuns runs;
  final HostPatterns patterns;
  final Fleet fleet;
  final FleetDeployment fleetDeployment;
  final VenvRepair repair;
  final BundleCreation bundleCreation;
  final BundleLoading bundleLoading;

  /// Starts nothing, and reads nothing unless the project is not trusted.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when an untrusted project leads out of itself
  Parts(Settings settings) {
    this.settings = settings;
    var project = settings.project();
    var environment = settings.environment();
    configurations = new AnsibleConfigurations(settings::configurations);
    Boundary.of(project, environment).requireWhole();
    controller = Controller.of(settings.cache(), environment);
    var http = new Http(controller.environment());
    uv = new ManagedUv(controller, http);
    python = new ControllerPython(controller);
    lint = new ManagedAnsibleLint(controller, uv, python);
    confinements =
        new ConfinementChoice(controller.environment(), controller.cache().resolve("confinement"));
    var store = new YamlFiles(project);
    specs = new SpecStorage(store);
    tracker = new HostTracker(store, settings.clock());
    var history = new SpecHistory(specs);
    var lockStorage =
        new LockStorage(project.resolve("venv_specs"), project.resolve(".ansible-venv/locks/lock"));
    lockHistory = new LockHistory(history, lockStorage);
    locks =
        new LockResolver(
            project,
            configurations::forProject,
            lockStorage,
            progress ->
                new Locker(
                    uv.forController(() ->
                        progress.accept(new Progress.Step("Fetching uv, once for this machine"))),
                    this::httpFor,
                    settings.cache()));
    analyses =
        new LockedAnalyses(
            locks,
            lockHistory,
            new LockedRoles(this::roleStore, this::roleLocker),
            new LockedIndexes(settings.cache(), this::collectionStore),
            new RememberedLocks(settings.cache()));
    lintCollections = new LintCollections(this::collectionStore, this::roleStore);
    var configured = new Once<>(configurations::forProject);
    inventory =
        new InventoryManager(
            project, settings.inventories(), environment, configured, pluginEnvironments());
    registry = new VenvRegistry(store);
    sync = new InventorySync(registry, tracker, inventory);
    hosts = new Hosts(settings.workingDirectory(), environment, configured, inventory);
    processor =
        new PlaybookProcessor(
            project,
            settings.clock(),
            configurations,
            () -> new PlaybookAnalyzer(Catalogue.load()),
            new AnsibleLint(controller, lint, confinements),
            new FormCache(settings.cache()),
            () -> ProjectConfiguration.read(project).requiresConfinement());
    preparation =
        new PlaybookPreparation(processor, analyses, lintCollections, specs, history, locks);
    superseded =
        new SupersededSpecs(
            () -> ProjectConfiguration.read(project), history, lockStorage, registry);
    var replaced =
        new ReplacedVenvs(
            () -> ProjectConfiguration.read(project), history, tracker, sync, superseded);
    cleanup =
        new HostCleanup(
            () -> ProjectConfiguration.read(project), specs, tracker, sync, hosts, superseded);
    var namedLocks = new NamedLocks(specs, locks);
    projectLocks =
        new ProjectLocks(
            project,
            specs,
            history,
            lockHistory,
            locks,
            namedLocks,
            preparation,
            () -> python.require().version());
    var supplies = new BuildSupplies(uv, this::collectionStore, this::wheelStore);
    var pushHosts = new PushHosts(() -> ProjectConfiguration.read(project), inventory);
    var venvs = new HostVenvs(supplies, pushHosts, tracker, sync);
    bundleCreation = new BundleCreation(settings.cache(), store, namedLocks, hosts, uv, supplies);
    bundleLoading = new BundleLoading(settings.cache(), store, locks);
    var startedRuns = new StartedRuns(project);
    orchestrator =
        new DeploymentOrchestrator(
            processor,
            preparation,
            namedLocks,
            tracker,
            hosts,
            venvs,
            new VenvRunner(
                new RunProjects(
                    project, settings.cache(), environment, settings.clock(), SecureRandom::new),
                settings.clock(),
                SecureRandom::new,
                venvs,
                new RunInventories(project, inventory),
                this::roleStore,
                hosts,
                startedRuns,
                new PassedVariables(environment),
                new AnsibleSettingsOfRuns(
                    project.toAbsolutePath().normalize(), settings.configurations(), environment),
                () -> ProjectConfiguration.read(project)),
            new BringBack(
                project, () -> ProjectConfiguration.read(project), this::loadedFiles, hosts),
            replaced);
    planner = new DeployPlanner(preparation, lockHistory, hosts, pushHosts, replaced, superseded);
    runs = new HostRuns(hosts, startedRuns, this::loadedFiles);
    patterns = new HostPatterns(inventory);
    fleet = new Fleet(hosts, namedLocks, venvs);
    fleetDeployment = new FleetDeployment(project, orchestrator, fleet, superseded);
    repair = new VenvRepair(venvs, tracker, sync, locks::stored);
  }

  private LoadedFiles loadedFiles() {
    return LoadedFiles.of(
        settings.project(), settings.configurations().forProject(), inventory.sources());
  }

  private PluginEnvironments pluginEnvironments() {
    return new PluginEnvironments(
        settings.workingDirectory(),
        settings.environment(),
        new Once<>(Catalogue::load),
        wanted ->
            locks.resolve(
                wanted, () -> python.require().version(), Optional.empty(), progress -> {}),
        settings.cache().resolve("inventory"),
        () -> python.require().version(),
        lint::environment,
        pylock -> new LockedEnvironment(controller, uv, python).of(pylock),
        lintCollections::root);
  }

  private CollectionStore collectionStore() {
    return new CollectionStore(settings.cache(), settings.project(), galaxy(), clones());
  }

  private RoleStore roleStore() {
    return new RoleStore(settings.cache(), galaxy(), clones());
  }

  private RoleLocker roleLocker(AnsibleSettings configuration) {
    var galaxy = new GalaxyClients(GalaxyServers.read(configuration), this::httpFor);
    return new RoleLocker(settings.cache(), galaxy, clones());
  }

  /// For what is locked, so that its server is known.
  private GalaxyClients galaxy() {
    return new GalaxyClients(GalaxyServers.readAll(configurations.inUse()), this::httpFor);
  }

  private GitClones clones() {
    return new GitClones(settings.cache(), settings.environment());
  }

  private WheelStore wheelStore() {
    return new WheelStore(
        settings.cache(),
        new Http(controller.environment()),
        PackageIndexes.of(controller.environment()));
  }

  private Http httpFor(Duration patience) {
    return new Http(controller.environment(), RetryPolicy.standard(), patience);
  }
}
