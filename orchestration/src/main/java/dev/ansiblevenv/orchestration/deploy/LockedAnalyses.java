package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.PythonNeed;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.orchestration.knowledge.LockedIndexes;
import dev.ansiblevenv.orchestration.knowledge.LockedRoles;
import dev.ansiblevenv.orchestration.knowledge.RememberedLocks;
import dev.ansiblevenv.orchestration.process.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Analyses that know the locked versions of collections, and locks that have what such an analysis
/// finds. Each depends on the other: what a collection needs is known when its version is, and its
/// version when everything needed is.
public final class LockedAnalyses {

  /// Each round follows the collections of a lock to all that they use, so that a further one is
  /// needed only where a newly needed collection or package changes what is chosen.
  private static final int MOST_ROUNDS = 8;

  private final LockResolver locks;
  private final LockedRoles roles;
  private final LockedIndexes indexes;
  private final RememberedLocks remembered;

  public LockedAnalyses(
      LockResolver locks, LockedRoles roles, LockedIndexes indexes, RememberedLocks remembered) {
    this.locks = locks;
    this.roles = roles;
    this.indexes = indexes;
    this.remembered = remembered;
  }

  /// What is known of a playbook without asking a server.
  ///
  /// @param base made with the catalogue alone
  /// @param examination with what this controller has of the locked collections and roles
  /// @param lock the project's
  /// @param complete whether it has all of them
  public record Known(
      Examination base, Examination examination, Optional<Lock> lock, boolean complete) {}

  /// An analysis and the lock that was made from it.
  ///
  /// @param before the lock that the project had meanwhile
  public record Settled(Analysis analysis, Lock lock, Optional<Lock> before) {}

  /// By the project's lock, or by what was resolved last.
  ///
  /// @param base made with the catalogue alone
  public Known known(Examination base) {
    var analysis = base.analysis();
    if (analysis.collections().isEmpty() && base.rolesToFetch().isEmpty()) {
      return new Known(base, base, Optional.empty(), true);
    }
    var lock = locks.stored(analysis.name());
    var resolved =
        lock.map(known -> new RememberedLocks.Remembered(known.collections(), known.roles()))
            .or(() -> remembered.find(analysis.canonicalForm().contentHash()))
            .orElse(new RememberedLocks.Remembered(List.of(), List.of()));
    var seen = roles.atHand(base, resolved.roles());
    var outcome = indexes.atHand(seen.examination(), resolved.collections());
    return new Known(base, outcome.examination(), lock, seen.complete() && outcome.complete());
  }

  /// As if there were no lock, and nothing had ever been resolved.
  ///
  /// @param base made with the catalogue alone
  public Known unlocked(Examination base) {
    return new Known(base, base, Optional.empty(), false);
  }

  /// A new lock, whatever the project has. Writes nothing of the user's.
  ///
  /// @param base made with the catalogue alone
  /// @throws dev.ansiblevenv.diagnostic.Failure as [#settled]
  public Settled anew(Examination base, Supplier<String> python, Consumer<Progress> progress) {
    var seen = roles.fetched(base, List.of());
    var before = locks.stored(base.analysis().name());
    return resolved(seen, seen.examination().analysis(), before, python, progress);
  }

  /// The project's lock as long as it has what the analysis finds, else a new one. Writes nothing
  /// of the user's.
  ///
  /// @param python gives the version of the interpreter that the environment is for
  /// @return with an analysis that is not valid, a lock that does not count
  /// @throws Unresolvable when each lock asks for another
  /// @throws dev.ansiblevenv.diagnostic.Failure when a collection cannot be had
  public Settled settled(Known known, Supplier<String> python, Consumer<Progress> progress) {
    var lock = known.lock().or(() -> locks.stored(known.base().analysis().name()));
    if (lock.isEmpty()) {
      // A host that no ansible-core runs on is told from before anything is fetched.
      var _ = python.get();
    }
    var seen = roles.fetched(known.base(), lock.map(Lock::roles).orElse(List.of()));
    if (lock.isEmpty()) {
      var start = seen.roles().isEmpty() ? known.examination() : seen.examination();
      return resolved(seen, start.analysis(), lock, python, progress);
    }
    var examination =
        known.lock().isPresent() && known.complete()
            ? known.examination()
            : indexes.fetched(seen.examination(), lock.get().collections());
    var analysis = examination.analysis();
    var asksForNoMore =
        seen.roles().equals(lock.get().roles())
            && asksForTheSame(analysis, seen.examination().analysis());
    if (asksForNoMore || has(lock.get(), analysis)) {
      return new Settled(analysis, lock.get().with(seen.roles()), lock);
    }
    progress.accept(
        new Progress.Step("The lock of " + analysis.name() + " lacks what its collections use"));
    return resolved(seen, analysis, lock, python, progress);
  }

  private Settled resolved(
      LockedRoles.Outcome seen,
      Analysis start,
      Optional<Lock> before,
      Supplier<String> python,
      Consumer<Progress> progress) {
    var version = python.get();
    var analysis = start;
    for (var round = 0; round < MOST_ROUNDS; round++) {
      var settings = seen.examination().request().settings();
      var lock = locks.resolve(analysis, settings, version, progress).with(seen.roles());
      var next = indexes.fetched(seen.examination(), lock.collections()).analysis();
      if (asksForTheSame(next, analysis) || next.findings().stream().anyMatch(Finding::fatal)) {
        remembered.keep(next.canonicalForm().contentHash(), lock);
        return new Settled(next, lock, before);
      }
      progress.accept(new Progress.Step("What was chosen needs " + changed(analysis, next)));
      analysis = next;
    }
    throw new Unresolvable(
        "each choice of collections needs another one",
        seen.examination().closure().playbook(),
        MOST_ROUNDS + " locks in a row did not have what their own collections use",
        "add what they use in `ansible-venv.yml`, or constrain them there");
  }

  private static boolean asksForTheSame(Analysis one, Analysis other) {
    return asked(one).toList().equals(asked(other).toList());
  }

  private static Stream<String> asked(Analysis analysis) {
    return Stream.concat(
            analysis.collections().stream().map(LockedAnalyses::asked),
            analysis.pythonPackages().stream().map(PythonNeed::requirement))
        .sorted();
  }

  private static String asked(CollectionNeed need) {
    var constraint = need.constraint().equals("*") ? "" : need.constraint();
    return (need.name() + " " + constraint + " " + need.source()).strip();
  }

  private static String changed(Analysis before, Analysis now) {
    var known = asked(before).toList();
    var more = asked(now).filter(need -> !known.contains(need)).toList();
    return more.isEmpty() ? "less" : String.join(", ", more);
  }

  /// A package with a marker may rightly be missing.
  private static boolean has(Lock lock, Analysis analysis) {
    return lock.has(
        analysis.collections().stream()
            .filter(need -> !need.onlyElsewhere())
            .map(CollectionNeed::name)
            .toList(),
        analysis.pythonPackages().stream()
            .filter(need -> need.marker().isEmpty())
            .map(WheelSubstitutes::name)
            .toList());
  }
}
