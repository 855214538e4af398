package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.spec.Requirements;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The locks of venvs that are named rather than found out: of profiles, and of specs by what
/// stands in them.
public final class NamedLocks {

  /// Somebody else may lock the same at the same time.
  private static final int MAX_ATTEMPTS = 5;

  private final SpecStorage specs;
  private final LockResolver locks;

  public NamedLocks(SpecStorage specs, LockResolver locks) {
    this.specs = specs;
    this.locks = locks;
  }

  /// A lock under the name of its profile or spec.
  ///
  /// @param isNew whether the project does not have it yet, or another one
  public record Named(String name, Lock lock, boolean isNew) {}

  /// The project's lock as it is. Where there is none, or a profile asks for what it does not hold,
  /// a new one, which is then stored.
  ///
  /// @param python gives the version of the interpreter that a new lock is for
  /// @throws UsageFailure when neither a profile nor a spec has the name
  public Named locked(String name, Supplier<String> python, Consumer<Progress> progress) {
    for (var attempt = 1; ; attempt++) {
      var wanted = requirements(name);
      var before = locks.stored(wanted.name());
      var named = found(wanted, before, python, progress);
      if (!named.isNew() || locks.replace(named.name(), before, named.lock())) {
        return named;
      }
      if (attempt == MAX_ATTEMPTS) {
        throw LockResolver.overtaken(named.name());
      }
    }
  }

  /// The same without storing anything.
  public Named found(String name, Supplier<String> python, Consumer<Progress> progress) {
    var wanted = requirements(name);
    return found(wanted, locks.stored(wanted.name()), python, progress);
  }

  private Named found(
      Requirements wanted,
      Optional<Lock> stored,
      Supplier<String> python,
      Consumer<Progress> progress) {
    var reason =
        stored.isEmpty()
            ? Optional.of(wanted.name() + " has no lock yet")
            : LockFit.lack(stored.get(), wanted)
                .map(lack -> "The lock of " + wanted.name() + " no longer fits: " + lack);
    if (reason.isEmpty()) {
      return new Named(wanted.name(), stored.orElseThrow(), false);
    }
    progress.accept(new Progress.Step(reason.get()));
    return new Named(wanted.name(), locks.resolve(wanted, python, stored, progress), true);
  }

  /// What a profile or a spec asks for by itself.
  ///
  /// @throws UsageFailure when neither has the name
  public Requirements requirements(String name) {
    return specs.profile(name).or(() -> specs.requirements(name)).orElseThrow(() -> unknown(name));
  }

  private UsageFailure unknown(String name) {
    var known = new ArrayList<>(specs.profileNames());
    known.addAll(specs.names());
    return new UsageFailure(
        "there is neither a profile nor a spec `" + name + "`",
        "profiles/, venv_specs/",
        "",
        known.isEmpty()
            ? "write `profiles/" + name + ".yml`, or deploy a playbook"
            : "there are: " + String.join(", ", known));
  }
}
