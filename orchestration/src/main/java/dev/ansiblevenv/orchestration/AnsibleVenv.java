package dev.ansiblevenv.orchestration;

import dev.ansiblevenv.analysis.explain.Explanation;
import dev.ansiblevenv.core.run.LogExcerpt;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunSecrets;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.core.tool.Doctor;
import dev.ansiblevenv.core.tool.ToolReport;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.bundle.BundleReport;
import dev.ansiblevenv.orchestration.bundle.BundleRequest;
import dev.ansiblevenv.orchestration.deploy.CleanupReport;
import dev.ansiblevenv.orchestration.deploy.CleanupRequest;
import dev.ansiblevenv.orchestration.deploy.DeployRequest;
import dev.ansiblevenv.orchestration.deploy.EnsureRequest;
import dev.ansiblevenv.orchestration.deploy.EnsuredVenv;
import dev.ansiblevenv.orchestration.deploy.LockSoFar;
import dev.ansiblevenv.orchestration.deploy.LockedAnalyses;
import dev.ansiblevenv.orchestration.deploy.RunOrder;
import dev.ansiblevenv.orchestration.deploy.Target;
import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import dev.ansiblevenv.orchestration.fleet.FleetProgress;
import dev.ansiblevenv.orchestration.fleet.HostChoice;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import dev.ansiblevenv.orchestration.fleet.HostOutcomes;
import dev.ansiblevenv.orchestration.fleet.HostRun;
import dev.ansiblevenv.orchestration.follow.RunReport;
import dev.ansiblevenv.orchestration.inventory.InventoryChange;
import dev.ansiblevenv.orchestration.lock.LockOrder;
import dev.ansiblevenv.orchestration.lock.LockReport;
import dev.ansiblevenv.orchestration.plan.DeployPlan;
import dev.ansiblevenv.orchestration.plan.PlanRequest;
import dev.ansiblevenv.orchestration.process.ChangeExplanation;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import dev.ansiblevenv.orchestration.process.PlaybookReport;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.run.CancelledRun;
import dev.ansiblevenv.orchestration.run.FilesOfRun;
import dev.ansiblevenv.orchestration.run.FilesRequest;
import dev.ansiblevenv.orchestration.run.LoggedRun;
import dev.ansiblevenv.orchestration.run.RunName;
import dev.ansiblevenv.orchestration.run.RunsOfHost;
import dev.ansiblevenv.orchestration.secret.Prompt;
import dev.ansiblevenv.orchestration.secret.SecretReader;
import dev.ansiblevenv.orchestration.secret.SecretSources;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import dev.ansiblevenv.orchestration.verify.HostVerification;
import dev.ansiblevenv.orchestration.verify.HostVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/// The operations, for Java programs and for the command line. Several threads and several
/// processes may work on one project and one host at once.
///
/// Every operation throws a [dev.ansiblevenv.diagnostic.Failure] whose kind says what went wrong;
/// nothing half done stays behind.
public final class AnsibleVenv {

  private final Settings settings;
  private final Parts parts;

  /// Starts and reads nothing.
  public AnsibleVenv(Settings settings) {
    this.settings = settings;
    this.parts = new Parts(settings);
  }

  /// Analyses and lints; writes nothing but the controller's cache. What is wrong with the playbook
  /// is in the report.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the playbook cannot be read at all
  public PlaybookReport analyze(
      Path playbook, ProcessOptions options, Consumer<Progress> progress) {
    var known = known(playbook, options);
    return parts.processor.validate(
        known.examination().analysis(),
        playbook,
        options,
        () -> {
          var settled =
              parts.analyses.settled(known, () -> parts.python.require().version(), progress);
          return parts.lintCollections.sight(settled);
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
    return parts.processor.specification(report, playbook);
  }

  /// Why something of this name is among what the playbook needs, or is not. Lints nothing, writes
  /// nothing.
  ///
  /// @param name of a collection, a Python package, a plugin, a role or a system package
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the playbook cannot be read at all
  public Explanation explain(Path playbook, String name, ProcessOptions options) {
    var known = known(playbook, options);
    var lock = known.lock().or(() -> parts.lockHistory.lockSoFar(known.base()));
    return PlaybookProcessor.explain(known.examination(), name, lock.map(LockSoFar::lock));
  }

  private LockedAnalyses.Known known(Path playbook, ProcessOptions options) {
    return parts.analyses.known(parts.preparation.examine(playbook, options));
  }

  /// What of the closure differs from what `oldSpec` was made of.
  ///
  /// @param oldSpec name of a spec of the project
  public ChangeExplanation whyChanged(Path playbook, String oldSpec, ProcessOptions options) {
    return parts.processor.whyChanged(
        specification(oldSpec), parts.processor.analyze(playbook, options));
  }

  /// The passwords that a run of the playbook is to be given, for [PlaybookOptions]. Files are
  /// read, scripts run and questions asked now and here.
  ///
  /// @param workingDirectory what relative names of files are relative to
  /// @throws dev.ansiblevenv.diagnostic.Failure `InvalidInput` when a password cannot be had,
  ///   `UsageFailure` when options exclude each other or there is nobody to ask
  public RunSecrets readSecrets(
      Path playbook, SecretSources sources, Path workingDirectory, Prompt prompt) {
    return new SecretReader(
            settings.project(),
            playbook,
            parts.configurations.forPlaybook(playbook),
            workingDirectory,
            prompt)
        .read(sources);
  }

  /// Processes the playbook, has the host make the environment if it lacks it, tracks it, runs the
  /// playbook there and follows it to its end. Interrupting the thread cancels the run.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure as [#processPlaybook], and `HostUnreachable`,
  ///   `BuildFailed`, `StateConflict`, `Cancelled`. A playbook that ran and failed is a result
  public VenvExecutionResult deployPlaybookWithOrchestration(
      DeployRequest request, Consumer<Progress> progress) {
    return parts.orchestrator.deploy(request, progress);
  }

  /// The same for a caller that does not watch.
  public VenvExecutionResult deployPlaybookWithOrchestration(
      Path playbook, String host, boolean forceRecreate) {
    return deployPlaybookWithOrchestration(
        new DeployRequest(playbook, host, forceRecreate), progress -> {});
  }

  /// What [#deployPlaybookWithOrchestration] would do. Writes nothing of the user's.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure as a deploy until it writes something
  public DeployPlan plan(PlanRequest request, Consumer<Progress> progress) {
    return parts.planner.plan(request, progress);
  }

  /// Runs a playbook in a venv that is named rather than found out, making its environment on the
  /// host if it lacks it.
  ///
  /// @throws UsageFailure when the project has no profile and no spec of that name; else as
  ///   [#deployPlaybookWithOrchestration]
  public VenvExecutionResult runPlaybookWithVenv(RunOrder order, Consumer<Progress> progress) {
    return parts.orchestrator.run(order, progress);
  }

  /// Makes the locks that are missing, checks those that are there, and upgrades them where that is
  /// asked for. A call that fails writes nothing.
  ///
  /// @throws UsageFailure when a subject is neither a playbook nor the name of a profile or a spec
  /// @throws dev.ansiblevenv.diagnostic.Failure `InvalidInput`, `StateConflict`, or `Unresolvable`
  ///   when requirements contradict each other; it names them with file:line
  public LockReport lock(LockOrder order, Consumer<Progress> progress) {
    return parts.projectLocks.lock(order, progress);
  }

  /// Makes sure that a host has a venv. A profile that has no lock, or asks for what its lock does
  /// not hold, is locked first. When the venv is there, this is one look, and nothing is written.
  ///
  /// @throws UsageFailure when the project has no profile and no spec of that name
  /// @throws dev.ansiblevenv.diagnostic.Failure `InvalidInput` for a profile that is not valid,
  ///   `Unresolvable`, `HostUnreachable`, `BuildFailed`, `StateConflict`, `Cancelled`
  public EnsuredVenv ensureVenv(EnsureRequest request, Consumer<Progress> progress) {
    return parts.orchestrator.ensure(request, progress);
  }

  /// The same for a caller that does not watch.
  public EnsuredVenv ensureVenv(String profile, String host) {
    return ensureVenv(new EnsureRequest(profile, host, false, false), progress -> {});
  }

  /// Writes everything that the named venvs are built from into one file.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure `UsageFailure`, `Unresolvable`, `StateConflict`;
  ///   `HostUnreachable` when a host is asked what it is
  public BundleReport createBundle(BundleRequest request, Consumer<Progress> progress) {
    return parts.bundleCreation.create(request, progress);
  }

  /// Takes a bundle in, so that its venvs can be pushed without a network; has the named host make
  /// them.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when it is not a whole, valid bundle
  /// @throws dev.ansiblevenv.diagnostic.StateConflict when the project has others of its names
  /// @throws dev.ansiblevenv.diagnostic.Failure with a host also as [#ensureVenv]
  public BundleReport loadBundle(Path file, Optional<String> host, Consumer<Progress> progress) {
    var report = parts.bundleLoading.load(file, progress);
    var ensured = new ArrayList<EnsuredVenv>();
    host.ifPresent(name ->
        report
            .venvs()
            .forEach(venv ->
                ensured.add(
                    ensureVenv(new EnsureRequest(venv.name(), name, false, true), progress))));
    return report.with(ensured);
  }

  /// A spec of the project.
  ///
  /// @throws UsageFailure when there is none of that name
  public VenvSpecification specification(String name) {
    return parts.specs.find(name).orElseThrow(() -> noSpec(name));
  }

  private UsageFailure noSpec(String name) {
    return new UsageFailure(
        "there is no spec `" + name + "`",
        "venv_specs/",
        "",
        parts.specs.names().isEmpty()
            ? "`ansible-venv deploy` writes one"
            : "there are: " + String.join(", ", parts.specs.names()));
  }

  /// A spec of the project, as it stands in its file.
  ///
  /// @throws UsageFailure when there is none of that name
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when it is not valid
  public SpecDocument showSpec(String name) {
    var stored = parts.specs.document(name).orElseThrow(() -> noSpec(name));
    return new SpecDocument(
        settings.project().resolve(stored.place()), stored.text(), SpecStorage.content(stored));
  }

  /// The venvs of a host, as its host record says.
  public HostListing listHost(String host) {
    var record = parts.tracker.record(parts.hosts.find(host).name());
    return new HostListing(
        record.hostname(),
        record.installedVenvs().stream()
            .map(venv ->
                new HostListing.Venv(
                    venv.name(),
                    venv.path(),
                    venv.installedDate(),
                    parts.specs.isKnown(venv.name())))
            .toList());
  }

  /// The same held against what the host says of itself now.
  ///
  /// @throws dev.ansiblevenv.diagnostic.HostUnreachable when it cannot be asked
  public RefreshedHost refreshHost(String host) {
    var target = parts.hosts.find(host);
    try (var session = parts.hosts.connect(target)) {
      return refreshed(target, session);
    }
  }

  private RefreshedHost refreshed(Target target, HostSession session) {
    return RefreshedHost.of(parts.tracker.record(target.name()), session.list());
  }

  /// Looks at every file of the venvs that a host record names.
  ///
  /// @param repair whether to make record and host agree
  /// @throws dev.ansiblevenv.diagnostic.HostUnreachable when the host cannot be asked
  public HostVerification verifyHost(String host, boolean repair, Consumer<Progress> progress) {
    var target = parts.hosts.find(host);
    try (var session = parts.hosts.connect(target)) {
      return verified(target, repair, session, progress);
    }
  }

  private HostVerification verified(
      Target target, boolean repair, HostSession session, Consumer<Progress> progress) {
    var record = parts.tracker.record(target.name());
    var states = new HostVerifier(parts.specs, parts.locks::stored).states(record, session);
    return new HostVerification(
        record.hostname(),
        repair ? parts.repair.repaired(target, states, session, progress) : states);
  }

  /// What a text in the place of a host means.
  ///
  /// @throws UsageFailure when it can name no host, or selects none
  public HostChoice hosts(String text) {
    return parts.patterns.choose(text);
  }

  /// [#deployPlaybookWithOrchestration] on many hosts: analysed, linted and locked once. A host
  /// that fails or is slow holds up no other; interrupting the thread cancels all runs.
  ///
  /// @param forks so many hosts at once
  /// @param retryFailed only the hosts on which the last such deploy did not go well
  /// @param progress told by several threads
  /// @throws dev.ansiblevenv.diagnostic.Failure before any host is changed
  public HostOutcomes<HostRun> deploy(
      Many many,
      int forks,
      boolean retryFailed,
      DeployRequest request,
      Consumer<FleetProgress<HostRun>> progress) {
    return parts.fleetDeployment.deploy(many, forks, retryFailed, request, progress);
  }

  /// [#ensureVenv] on many hosts, with one lock for all.
  public HostOutcomes<EnsuredVenv> ensureVenv(
      Many many, int forks, EnsureRequest request, Consumer<FleetProgress<EnsuredVenv>> progress) {
    return parts.fleet.ensure(many, forks, request, progress);
  }

  /// [#listHost] of many hosts.
  public HostOutcomes<HostListing> listHosts(Many many) {
    return HostOutcomes.of(many.targets(), target -> listHost(target.name().text()));
  }

  /// [#refreshHost] on many hosts.
  public HostOutcomes<RefreshedHost> refreshHosts(
      Many many, int forks, Consumer<FleetProgress<RefreshedHost>> progress) {
    return parts.fleet.each(
        many,
        forks,
        (target, session, steps) -> refreshed(target, session),
        host -> ExitCode.DONE,
        progress);
  }

  /// [#verifyHost] on many hosts.
  public HostOutcomes<HostVerification> verifyHosts(
      Many many, int forks, boolean repair, Consumer<FleetProgress<HostVerification>> progress) {
    return parts.fleet.each(
        many,
        forks,
        (target, session, steps) -> verified(target, repair, session, steps),
        host -> host.isRight() ? ExitCode.DONE : ExitCode.STATE_CONFLICT,
        progress);
  }

  /// The runs that a host has on record, whoever started them, oldest first.
  ///
  /// @throws dev.ansiblevenv.diagnostic.HostUnreachable when it cannot be asked
  public RunsOfHost runs(String host) {
    var target = parts.hosts.find(host);
    try (var session = parts.hosts.connect(target)) {
      return parts.runs.list(target, session);
    }
  }

  /// [#runs] of many hosts.
  public HostOutcomes<RunsOfHost> runs(
      Many many, int forks, Consumer<FleetProgress<RunsOfHost>> progress) {
    return parts.fleet.each(
        many,
        forks,
        (target, session, steps) -> parts.runs.list(target, session),
        host -> ExitCode.DONE,
        progress);
  }

  /// Follows a run from its first byte to its end, or until it is left. Interrupting the thread
  /// cancels the run.
  ///
  /// @param jobEvents whether to tell its events, too
  /// @throws UsageFailure when the name names no run, or several
  /// @throws dev.ansiblevenv.diagnostic.Failure `StateConflict` when the host does not have it,
  ///   `HostUnreachable`, `Cancelled`
  public RunReport attach(RunName run, boolean jobEvents, Consumer<Progress> progress) {
    return parts.runs.attach(run, jobEvents, progress);
  }

  /// Ends a run and everything that it started, and waits for that. One that is over stays what it
  /// is.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure as [#attach]
  public CancelledRun cancel(RunName run) {
    return parts.runs.cancel(run);
  }

  /// Answers a question that a run asks while it goes on, by the event `ansible_venv_question`.
  ///
  /// @param answer without a line break
  /// @return whether the question was still open
  /// @throws dev.ansiblevenv.diagnostic.Failure as [#attach]
  public boolean reply(String host, String run, int question, byte[] answer) {
    return parts.runs.reply(host, new RunId(run), question, answer);
  }

  /// What a run has printed, byte for byte, or its events, up to now.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure as [#attach]
  public LoggedRun logs(RunName run, LogExcerpt excerpt, Consumer<Progress> progress) {
    return parts.runs.log(run, excerpt, progress);
  }

  /// What a run has written beside its playbook; files that are asked for are brought.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure as [#attach]
  public FilesOfRun files(FilesRequest request) {
    return parts.runs.files(request, settings.project());
  }

  /// The hosts that have a venv, as the host records say.
  public SortedMap<String, InstalledVenv> hostsWith(String venv) {
    return parts.registry.hostsWith(venv);
  }

  /// The key that a host offers. Trusts nothing.
  ///
  /// @throws dev.ansiblevenv.diagnostic.HostUnreachable when it cannot be asked
  /// @throws dev.ansiblevenv.diagnostic.StateConflict when another key of it is known
  public HostEnrolment offeredKey(String host) {
    return new Enroller(parts.hosts).offered(host);
  }

  /// Notes the key that a host offers in the user's `known_hosts`, if it is this one.
  ///
  /// @param fingerprint `SHA256:…`
  /// @throws dev.ansiblevenv.diagnostic.HostUnreachable when the host offers another one
  public HostEnrolment enroll(String host, String fingerprint) {
    return new Enroller(parts.hosts).enroll(host, fingerprint);
  }

  /// Sets `installed_venvs` of a host in the inventory, and nothing else.
  public void updateInventoryVenvs(String hostname, List<String> venvs) {
    parts.inventory.updateInventoryVenvs(hostname, venvs);
  }

  /// `installed_venvs` of a host in the inventory.
  public List<String> getInventoryVenvs(String hostname) {
    return parts.inventory.getInventoryVenvs(hostname);
  }

  /// What [#syncInventoryWithHostFiles()] would change.
  public List<InventoryChange> checkInventory() {
    return parts.sync.check();
  }

  /// Makes the inventory say what the host records say.
  public List<InventoryChange> syncInventoryWithHostFiles() {
    return parts.sync.syncInventoryWithHostFiles();
  }

  /// Removes from a host what this project no longer needs there, and what nothing refers to.
  public CleanupReport cleanup(CleanupRequest request) {
    return parts.cleanup.cleanup(request);
  }

  /// The tools of this machine. Installs nothing.
  public List<ToolReport> doctor() {
    return new Doctor(parts.controller, parts.uv, parts.python, parts.lint, parts.confinements)
        .reports();
  }
}
