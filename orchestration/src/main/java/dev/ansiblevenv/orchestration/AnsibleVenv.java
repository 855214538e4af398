package dev.ansiblevenv.orchestration;

import dev.ansiblevenv.analysis.PlaybookAnalyzer;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.explain.Explanation;
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
import dev.ansiblevenv.core.tool.Doctor;
import dev.ansiblevenv.core.tool.ManagedAnsibleLint;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.tool.ToolReport;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.deploy.BuildSupplies;
import dev.ansiblevenv.orchestration.deploy.CleanupReport;
import dev.ansiblevenv.orchestration.deploy.CleanupRequest;
import dev.ansiblevenv.orchestration.deploy.DeployRequest;
import dev.ansiblevenv.orchestration.deploy.DeploymentOrchestrator;
import dev.ansiblevenv.orchestration.deploy.HostCleanup;
import dev.ansiblevenv.orchestration.deploy.Hosts;
import dev.ansiblevenv.orchestration.deploy.LintCollections;
import dev.ansiblevenv.orchestration.deploy.LockResolver;
import dev.ansiblevenv.orchestration.deploy.LockedAnalyses;
import dev.ansiblevenv.orchestration.deploy.RunOrder;
import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import dev.ansiblevenv.orchestration.deploy.VenvRunner;
import dev.ansiblevenv.orchestration.inventory.InventoryChange;
import dev.ansiblevenv.orchestration.inventory.InventoryManager;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.knowledge.LockedIndexes;
import dev.ansiblevenv.orchestration.knowledge.LockedRoles;
import dev.ansiblevenv.orchestration.knowledge.RememberedLocks;
import dev.ansiblevenv.orchestration.process.ChangeExplanation;
import dev.ansiblevenv.orchestration.process.FormCache;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import dev.ansiblevenv.orchestration.process.PlaybookReport;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import dev.ansiblevenv.orchestration.tracking.VenvRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The operations, for Java programs and for the command line. Several threads and several
/// processes may work on one project and one host at once.
///
/// Every operation throws a [dev.ansiblevenv.diagnostic.Failure] whose kind says what went wrong;
/// nothing half done stays behind.
public final class AnsibleVenv {

  private final Settings settings;
  private final Controller controller;
  private final ControllerPython python;
  private final ManagedUv uv;
  private final ManagedAnsibleLint lint;
  private final PlaybookProcessor processor;
  private final LockResolver locks;
  private final LockedAnalyses analyses;
  private final LintCollections lintCollections;
  private final SpecStorage specs;
  private final HostTracker tracker;
  private final InventoryManager inventory;
  private final InventorySync sync;
  private final Hosts hosts;
  private final DeploymentOrchestrator orchestrator;

  /// Puts everything together; starts and reads nothing.
  public AnsibleVenv(Settings settings) {
    this.settings = settings;
    var project = settings.project();
    var environment = settings.environment();
    controller = Controller.of(settings.cache(), environment);
    var http = new Http(controller.environment());
    uv = new ManagedUv(controller, http);
    python = new ControllerPython(controller);
    lint = new ManagedAnsibleLint(controller, uv, python);
    var store = new YamlFiles(project);
    specs = new SpecStorage(store);
    tracker = new HostTracker(store, settings.clock());
    inventory = InventoryManager.of(project);
    sync = new InventorySync(new VenvRegistry(store), tracker, inventory);
    hosts = new Hosts(environment, inventory);
    locks =
        new LockResolver(
            project,
            environment,
            new LockStorage(
                project.resolve("venv_specs"), project.resolve(".ansible-venv/locks/lock")),
            () -> new Locker(uv.forController(), this::httpFor, settings.cache()));
    analyses =
        new LockedAnalyses(
            locks,
            new LockedRoles(this::roleStore, this::roleLocker),
            new LockedIndexes(settings.cache(), this::collectionStore),
            new RememberedLocks(settings.cache()));
    lintCollections = new LintCollections(this::collectionStore, this::roleStore);
    processor =
        new PlaybookProcessor(
            project,
            settings.clock(),
            environment,
            () -> new PlaybookAnalyzer(Catalogue.load()),
            new AnsibleLint(controller, lint),
            new FormCache(settings.cache()));
    orchestrator =
        new DeploymentOrchestrator(
            processor,
            locks,
            analyses,
            lintCollections,
            specs,
            tracker,
            hosts,
            new VenvRunner(
                project,
                settings.clock(),
                SecureRandom::new,
                new BuildSupplies(uv, this::collectionStore),
                this::roleStore,
                tracker,
                sync));
  }

  /// Analyses and lints; writes nothing but the controller's cache. What is wrong with the playbook
  /// is in the report.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the playbook cannot be read at all
  public PlaybookReport analyze(
      Path playbook, ProcessOptions options, Consumer<Progress> progress) {
    var known = analyses.known(processor.examine(playbook, options));
    return processor.validate(
        known.examination().analysis(),
        playbook,
        options,
        () -> {
          var settled = analyses.settled(known, () -> python.require().version(), progress);
          return lintCollections.sight(settled);
        },
        progress);
  }

  /// The playbook's specification, named by its content. Fails before anything is written.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the analysis or ansible-lint finds the
  ///   playbook invalid
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when what ansible-lint has to see cannot be
  ///   had
  public VenvSpecification processPlaybook(
      Path playbook, ProcessOptions options, Consumer<Progress> progress) {
    var report = analyze(playbook, options, progress);
    PlaybookProcessor.requireValid(report);
    return processor.specification(report, playbook);
  }

  /// Why something of this name is among what the playbook needs, or is not. Lints nothing, writes
  /// nothing.
  ///
  /// @param name of a collection, a Python package, a plugin, a role or a system package
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the playbook cannot be read at all
  public Explanation explain(Path playbook, String name, ProcessOptions options) {
    var known = analyses.known(processor.examine(playbook, options));
    var lock = known.lock().or(() -> locks.stored(known.base().analysis().name()));
    return PlaybookProcessor.explain(known.examination(), name, lock);
  }

  /// What of the closure differs from what `oldSpec` was made of.
  ///
  /// @param oldSpec name of a spec of the project
  public ChangeExplanation whyChanged(Path playbook, String oldSpec, ProcessOptions options) {
    return processor.whyChanged(specification(oldSpec), processor.analyze(playbook, options));
  }

  /// Processes the playbook, has the host make the environment if it lacks it, tracks it, runs the
  /// playbook there and follows it to its end. Interrupting the thread cancels the run.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure as [#processPlaybook], and `HostUnreachable`,
  ///   `BuildFailed`, `StateConflict`, `Cancelled`. A playbook that ran and failed is a result
  public VenvExecutionResult deployPlaybookWithOrchestration(
      DeployRequest request, Consumer<Progress> progress) {
    return orchestrator.deploy(request, progress);
  }

  /// Runs a playbook in a venv that is named rather than found out, making its environment on the
  /// host if it lacks it.
  ///
  /// @throws UsageFailure when the project has no locked spec of that name; else as
  ///   [#deployPlaybookWithOrchestration]
  public VenvExecutionResult runPlaybookWithVenv(RunOrder order, Consumer<Progress> progress) {
    return orchestrator.run(order, progress);
  }

  /// A spec of the project.
  ///
  /// @throws UsageFailure when there is none of that name
  public VenvSpecification specification(String name) {
    return specs.find(name).orElseThrow(() -> noSpec(name));
  }

  private UsageFailure noSpec(String name) {
    return new UsageFailure(
        "there is no spec `" + name + "`",
        "venv_specs/",
        "",
        specs.names().isEmpty()
            ? "`ansible-venv deploy` writes one"
            : "there are: " + String.join(", ", specs.names()));
  }

  /// A spec of the project, as it stands in its file.
  ///
  /// @throws UsageFailure when there is none of that name
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when it is not valid
  public SpecDocument showSpec(String name) {
    var stored = specs.document(name).orElseThrow(() -> noSpec(name));
    return new SpecDocument(
        settings.project().resolve(stored.place()), stored.text(), SpecStorage.content(stored));
  }

  /// The venvs of a host, as its host record says.
  public HostListing listHost(String host) {
    var record = tracker.record(hosts.find(host).name());
    return new HostListing(
        record.hostname(),
        record.installedVenvs().stream()
            .map(venv ->
                new HostListing.Venv(
                    venv.name(),
                    venv.path(),
                    venv.installedDate(),
                    specs.find(venv.name()).isPresent()))
            .toList());
  }

  /// Sets `installed_venvs` of a host in the inventory, and nothing else.
  public void updateInventoryVenvs(String hostname, List<String> venvs) {
    inventory.updateInventoryVenvs(hostname, venvs);
  }

  /// `installed_venvs` of a host in the inventory.
  public List<String> getInventoryVenvs(String hostname) {
    return inventory.getInventoryVenvs(hostname);
  }

  /// Makes the inventory say what the host records say.
  public List<InventoryChange> syncInventoryWithHostFiles() {
    return sync.syncInventoryWithHostFiles();
  }

  /// Removes from a host what this project no longer needs there, and what nothing refers to.
  public CleanupReport cleanup(CleanupRequest request) {
    return new HostCleanup(settings.clock(), specs, tracker, sync, hosts).cleanup(request);
  }

  /// The tools of this machine. Installs nothing.
  public List<ToolReport> doctor() {
    return new Doctor(controller, uv, python, lint).reports();
  }

  private CollectionStore collectionStore() {
    return new CollectionStore(settings.cache(), settings.project(), galaxy(), clones());
  }

  private RoleStore roleStore() {
    return new RoleStore(settings.cache(), galaxy(), clones());
  }

  private RoleLocker roleLocker() {
    return new RoleLocker(settings.cache(), galaxy(), clones());
  }

  private GalaxyClients galaxy() {
    var servers = GalaxyServers.read(settings.project(), settings.environment());
    return new GalaxyClients(servers, this::httpFor);
  }

  private GitClones clones() {
    return new GitClones(settings.cache(), settings.environment());
  }

  private Http httpFor(Duration patience) {
    return new Http(controller.environment(), RetryPolicy.standard(), patience);
  }
}
