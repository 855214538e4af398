package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockBounds;
import dev.ansiblevenv.core.lock.LockRequest;
import dev.ansiblevenv.core.lock.LockStorage;
import dev.ansiblevenv.core.lock.Locker;
import dev.ansiblevenv.core.lock.PythonBound;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.Requirements;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The lock of a playbook: the one that lies in the project, as it is, or a new one.
public final class LockResolver {

  private static final String[] NO_FILES = {};

  /// Variables that bound versions for pip and uv.
  private static final List<String> CONSTRAINTS =
      List.of("PIP_CONSTRAINT", "UV_CONSTRAINT", "UV_OVERRIDE");

  private final Path project;
  private final Supplier<AnsibleSettings> settings;
  private final LockStorage storage;
  private final Function<Consumer<Progress>, Locker> locker;

  /// @param settings of the project, for what is no playbook's
  /// @param locker made when something has to be resolved: it needs uv, which may be fetched
  public LockResolver(
      Path project,
      Supplier<AnsibleSettings> settings,
      LockStorage storage,
      Function<Consumer<Progress>, Locker> locker) {
    this.project = project;
    this.settings = settings;
    this.storage = storage;
    this.locker = locker;
  }

  public Optional<Lock> stored(String name) {
    return storage.read(name);
  }

  /// Resolves without writing anything.
  ///
  /// @param playbookSettings the playbook's Ansible configuration
  /// @param python gives the version of the interpreter that the environment is for, such as
  ///   `3.11.7`, where no lock is kept
  /// @param kept the lock whose versions are taken wherever they still fit
  public Lock resolve(
      Analysis analysis,
      AnsibleSettings playbookSettings,
      Supplier<String> python,
      Optional<Lock> kept,
      Consumer<Progress> progress) {
    for (var need : analysis.pythonPackages()) {
      WheelSubstitutes.replaced(need)
          .ifPresent(name ->
              progress.accept(
                  new Progress.Step(
                      "Using "
                          + name
                          + " for "
                          + need.name()
                          + " ("
                          + first(need.because())
                          + "): the same modules, and wheels of them")));
    }
    return resolve(requirements(analysis), playbookSettings, python, kept, progress);
  }

  /// What a playbook's lock has to hold.
  public static Requirements requirements(Analysis analysis) {
    return new Requirements(
        analysis.name(),
        pythonRequirements(analysis),
        collectionRequirements(analysis),
        bounds(analysis));
  }

  /// Resolves without writing anything.
  ///
  /// @param python gives the version of the interpreter that the environment is for, such as
  ///   `3.11.7`, where no lock is kept
  /// @param kept the lock whose versions are taken wherever they still fit
  public Lock resolve(
      Requirements wanted,
      Supplier<String> python,
      Optional<Lock> kept,
      Consumer<Progress> progress) {
    return resolve(wanted, settings.get(), python, kept, progress);
  }

  private Lock resolve(
      Requirements wanted,
      AnsibleSettings configuration,
      Supplier<String> supplied,
      Optional<Lock> kept,
      Consumer<Progress> progress) {
    var python = kept.flatMap(Lock::oldestPython).orElseGet(supplied);
    progress.accept(
        new Progress.Step("Resolving what " + wanted.name() + " needs on Python " + python));
    directoryOfLinks(configuration.environment())
        .ifPresent(directory ->
            progress.accept(
                new Progress.Warning(
                    "PIP_FIND_LINKS is not read: no host has the files of "
                        + directory
                        + "; an index that has them is named in UV_INDEX")));
    for (var name : CONSTRAINTS) {
      if (!configuration.environment().getOrDefault(name, "").isBlank()) {
        progress.accept(
            new Progress.Warning(
                name
                    + " is not read: another machine would lock other versions; name its file with"
                    + " `-c` in `requirements.txt`"));
      }
    }
    var resolution =
        locker
            .apply(progress)
            .resolve(
                new LockRequest(
                    wanted.python(),
                    wanted.collections(),
                    wanted.bounds(),
                    minor(python),
                    project,
                    configuration,
                    kept,
                    false));
    for (var missing : resolution.without()) {
      progress.accept(
          new Progress.Warning(
              missing.collection()
                  + " is not in the lock: "
                  + missing.why()
                  + "; only tasks for another operating system use it, and they would fail: "
                  + places(wanted, missing.collection())));
    }
    var core = resolution.ansibleCore();
    progress.accept(
        new Progress.Step("Chose ansible-core " + core.version() + ": " + core.reason()));
    return resolution.lock();
  }

  /// Stores a lock, unless the project has another one by now than when it was made.
  ///
  /// @param before what the project had then
  /// @return false when nothing was written
  public boolean replace(String name, Optional<Lock> before, Lock lock) {
    return storage.replace(name, before, lock);
  }

  /// What to say when [#replace] has written nothing.
  public static StateConflict overtaken(String name) {
    return new StateConflict(
        "the lock was written by another process meanwhile",
        "venv_specs/" + name + ".lock",
        "",
        "run the command again");
  }

  private static List<PythonRequirement> pythonRequirements(Analysis analysis) {
    return analysis.pythonPackages().stream()
        .map(need ->
            new PythonRequirement(WheelSubstitutes.requirement(need), first(need.because())))
        .toList();
  }

  private static List<CollectionRequirement> collectionRequirements(Analysis analysis) {
    return Stream.concat(analysis.collections().stream(), analysis.places().stream())
        .map(LockResolver::requirement)
        .toList();
  }

  private static CollectionRequirement requirement(CollectionNeed need) {
    return new CollectionRequirement(
        need.name(),
        need.constraint(),
        need.source(),
        need.signatures(),
        need.onlyElsewhere(),
        first(need.because()));
  }

  private static String places(Requirements wanted, String collection) {
    return wanted.collections().stream()
        .filter(each -> each.name().equals(collection))
        .map(CollectionRequirement::because)
        .collect(Collectors.joining(", "));
  }

  /// A directory with packages that pip would look into.
  private static Optional<String> directoryOfLinks(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PIP_FIND_LINKS", "").strip().split("\\s+", -1))
        .filter(entry -> !entry.isEmpty() && !entry.contains("://"))
        .filter(entry -> Objects.requireNonNullElse(new File(entry).list(), NO_FILES).length > 0)
        .findFirst();
  }

  private static LockBounds bounds(Analysis analysis) {
    return new LockBounds(
        analysis.bounds().packages().stream()
            .map(bound ->
                new PythonBound(bound.requirement(), bound.hashes(), place(bound.because())))
            .toList(),
        analysis.bounds().collections().stream().map(LockResolver::requirement).toList());
  }

  /// A requirements file or an override says more about a constraint than the first use.
  private static String first(List<Because> because) {
    return because.stream()
        .filter(place -> place.kind().equals("requirements") || place.kind().equals("override"))
        .findFirst()
        .or(() -> because.stream().findFirst())
        .map(LockResolver::place)
        .orElse("");
  }

  private static String place(Because because) {
    return because.file() + ":" + because.line();
  }

  private static String minor(String version) {
    var parts = version.split("\\.", -1);
    return parts[0] + "." + parts[1];
  }
}
