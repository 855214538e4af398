package dev.ansiblevenv.orchestration.lock;

import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.deploy.LockHistory;
import dev.ansiblevenv.orchestration.deploy.LockResolver;
import dev.ansiblevenv.orchestration.deploy.LockSoFar;
import dev.ansiblevenv.orchestration.deploy.NamedLocks;
import dev.ansiblevenv.orchestration.deploy.PlaybookPreparation;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.SpecHistory;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Makes, checks and upgrades the locks of a project. All are resolved before the first is written:
/// a call that fails writes nothing.
public final class ProjectLocks {

  private final Path project;
  private final SpecStorage specs;
  private final SpecHistory history;
  private final LockHistory lockHistory;
  private final LockResolver locks;
  private final NamedLocks namedLocks;
  private final PlaybookPreparation preparation;
  private final Supplier<String> controllerPython;

  /// @param controllerPython gives the version of this machine's Python
  public ProjectLocks(
      Path project,
      SpecStorage specs,
      SpecHistory history,
      LockHistory lockHistory,
      LockResolver locks,
      NamedLocks namedLocks,
      PlaybookPreparation preparation,
      Supplier<String> controllerPython) {
    this.project = project;
    this.specs = specs;
    this.history = history;
    this.lockHistory = lockHistory;
    this.locks = locks;
    this.namedLocks = namedLocks;
    this.preparation = preparation;
    this.controllerPython = controllerPython;
  }

  /// A lock that is known but not yet written.
  ///
  /// @param own what the project has under this name
  /// @param before what it is compared with
  private record Planned(
      Optional<Lock> own, Optional<Lock> before, Lock after, BooleanSupplier write) {}

  /// @throws UsageFailure when a subject is neither a playbook nor a name
  /// @throws dev.ansiblevenv.diagnostic.Failure when a playbook is not valid, or requirements
  ///   contradict each other
  public LockReport lock(LockOrder order, Consumer<Progress> progress) {
    requirePython(order);
    var planned = new LinkedHashMap<String, Planned>();
    for (var subject : subjects(order)) {
      var file = order.from().resolve(subject).normalize();
      if (Files.isRegularFile(file) && named(file).isEmpty()) {
        playbook(file, preparation.examine(file, order.process()), order, progress, planned);
      } else {
        name(named(file).orElse(subject), order, progress, planned);
      }
    }
    if (!order.dryRun()) {
      planned.forEach((name, plan) -> {
        if (!plan.write().getAsBoolean()) {
          throw LockResolver.overtaken(name);
        }
      });
    }
    var entries = new ArrayList<LockReport.Entry>();
    planned.forEach((name, plan) ->
        entries.add(LockReport.Entry.of(name, plan.own(), plan.before(), plan.after())));
    return new LockReport(order.dryRun(), List.copyOf(entries));
  }

  private static void requirePython(LockOrder order) {
    order
        .python()
        .filter(version -> !version.matches("3\\.[0-9]{1,2}(\\.[0-9]{1,3})?"))
        .ifPresent(version -> {
          throw new UsageFailure(
              "`" + version + "` is not a Python version", "", "", "write it like `3.12`");
        });
  }

  private List<String> subjects(LockOrder order) {
    if (!order.subjects().isEmpty()) {
      return order.subjects();
    }
    var all = new ArrayList<>(specs.profileNames());
    all.addAll(history.currentNames());
    return all;
  }

  /// The profile or spec that a file is.
  private Optional<String> named(Path file) {
    return List.of(Store.Kind.PROFILE, Store.Kind.SPEC).stream()
        .filter(kind -> project.resolve(kind.directory()).equals(file.getParent()))
        .findFirst()
        .map(kind -> String.valueOf(file.getFileName()).replaceFirst("\\.yml$", ""));
  }

  private void name(
      String name, LockOrder order, Consumer<Progress> progress, Map<String, Planned> planned) {
    var isProfile = specs.profile(name).isPresent();
    var spec = isProfile ? Optional.<VenvSpecification>empty() : specs.find(name);
    if (spec.isPresent()) {
      var playbook = project.resolve(spec.get().sourcePlaybook()).normalize();
      var examination = examined(spec.get(), playbook, order, progress);
      if (examination.isPresent()) {
        playbook(playbook, examination.get(), order, progress, planned);
        return;
      }
    }
    var wanted = namedLocks.requirements(name);
    if (planned.containsKey(wanted.name())) {
      return;
    }
    var before = locks.stored(wanted.name());
    var after =
        order.upgrade()
            ? locks.resolve(wanted, () -> python(order, before), Optional.empty(), progress)
            : namedLocks.found(wanted.name(), () -> python(order, before), progress).lock();
    planned.put(
        wanted.name(),
        new Planned(before, before, after, () -> locks.replace(wanted.name(), before, after)));
  }

  /// The spec's playbook, if it still is what the spec was made of.
  private Optional<Examination> examined(
      VenvSpecification spec, Path playbook, LockOrder order, Consumer<Progress> progress) {
    var why = "`" + spec.sourcePlaybook() + "` is gone";
    if (Files.isRegularFile(playbook)) {
      try {
        var examination = preparation.examine(playbook, order.process());
        if (examination.analysis().name().equals(spec.name())) {
          return Optional.of(examination);
        }
        why = "`" + spec.sourcePlaybook() + "` is now " + examination.analysis().name();
      } catch (InvalidInput e) {
        why = e.getMessage();
      }
    }
    progress.accept(
        new Progress.Warning(
            spec.name() + " is locked from what its spec says, not from its playbook: " + why));
    return Optional.empty();
  }

  private void playbook(
      Path playbook,
      Examination examination,
      LockOrder order,
      Consumer<Progress> progress,
      Map<String, Planned> planned) {
    var name = examination.analysis().name();
    if (planned.containsKey(name)) {
      return;
    }
    var soFar = lockHistory.lockSoFar(examination);
    var own = soFar.flatMap(LockSoFar::own);
    var before = own.or(() -> soFar.map(LockSoFar::lock));
    var prepared =
        preparation.prepared(
            examination,
            playbook,
            order.process(),
            () -> python(order, before),
            order.upgrade(),
            progress);
    planned.put(name, new Planned(own, before, prepared.lock(), () -> preparation.store(prepared)));
  }

  private String python(LockOrder order, Optional<Lock> before) {
    return order.python().or(() -> before.flatMap(Lock::oldestPython)).orElseGet(controllerPython);
  }
}
