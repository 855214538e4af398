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
import dev.ansiblevenv.orchestration.process.Once;
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
  private final LockHistory history;
  private final LockedRoles roles;
  private final LockedIndexes indexes;
  private final RememberedLocks remembered;

  public LockedAnalyses(
      LockResolver locks,
      LockHistory history,
      LockedRoles roles,
      LockedIndexes indexes,
      RememberedLocks remembered) {
    this.locks = locks;
    this.history = history;
    this.roles = roles;
    this.indexes = indexes;
    this.remembered = remembered;
  }

  /// What is known of a playbook without asking a server.
  ///
  /// @param base made with the catalogue alone
  /// @param examination with what this controller has of the locked collections and roles
  /// @param lock the one that counts; empty also where it makes no difference
  /// @param complete whether it has all of them
  public record Known(
      Examination base, Examination examination, Optional<LockSoFar> lock, boolean complete) {}

  /// An analysis and the lock that was made from it.
  ///
  /// @param before the lock that the project had meanwhile
  public record Settled(Analysis analysis, Lock lock, Optional<Lock> before) {}

  /// By the lock that counts so far, or by what was resolved last.
  ///
  /// @param base made with the catalogue alone
  public Known known(Examination base) {
    var analysis = base.analysis();
    if (analysis.collections().isEmpty() && base.rolesToFetch().isEmpty()) {
      return new Known(base, base, Optional.empty(), true);
    }
    var lock = history.lockSoFar(base);
    var resolved =
        lock.map(it -> new RememberedLocks.Remembered(it.lock().collections(), it.rolesFor(base)))
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
    return resolved(
        seen, seen.examination().analysis(), before, python, Optional.empty(), progress);
  }

  /// The lock so far as long as it has what the analysis finds, else a new one that keeps what
  /// still fits. Writes nothing of the user's.
  ///
  /// @param python gives the version of the interpreter that the environment is for
  /// @return with an analysis that is not valid, a lock that does not count
  /// @throws Unresolvable when each lock asks for another
  /// @throws dev.ansiblevenv.diagnostic.Failure when a collection cannot be had
  public Settled settled(Known known, Supplier<String> python, Consumer<Progress> progress) {
    var base = known.base();
    var lock = known.lock().or(() -> history.lockSoFar(base));
    if (lock.isEmpty()) {
      // A host that no ansible-core runs on is told from before anything is fetched.
      var _ = python.get();
    }
    var seen = roles.fetched(base, lock.map(it -> it.rolesFor(base)).orElse(List.of()));
    if (lock.isEmpty()) {
      var start = seen.roles().isEmpty() ? known.examination() : seen.examination();
      return resolved(seen, start.analysis(), Optional.empty(), python, Optional.empty(), progress);
    }
    var soFar = lock.get();
    var before = soFar.own();
    var examination =
        known.lock().isPresent() && known.complete()
            ? known.examination()
            : indexes.fetched(seen.examination(), soFar.lock().collections());
    var analysis = examination.analysis();
    if (soFar.isOwn() ? holds(soFar.lock(), seen, analysis) : soFar.isFor(analysis, seen.roles())) {
      return new Settled(analysis, soFar.lock().with(seen.roles()), before);
    }
    progress.accept(
        new Progress.Step(
            soFar.isOwn()
                ? "The lock of " + analysis.name() + " lacks what its collections use"
                : analysis.name() + " does not need the same as " + soFar.name()));
    return resolved(seen, analysis, before, python, Optional.of(soFar.lock()), progress);
  }

  private Settled resolved(
      LockedRoles.Outcome seen,
      Analysis start,
      Optional<Lock> before,
      Supplier<String> python,
      Optional<Lock> kept,
      Consumer<Progress> progress) {
    var version = new Once<>(python);
    var analysis = start;
    for (var round = 0; round < MOST_ROUNDS; round++) {
      var settings = seen.examination().request().settings();
      var lock = locks.resolve(analysis, settings, version, kept, progress).with(seen.roles());
      var next = indexes.fetched(seen.examination(), lock.collections()).analysis();
      if (asksForTheSame(next, analysis) || next.findings().stream().anyMatch(Finding::fatal)) {
        remembered.keep(next.canonicalForm().contentHash(), lock);
        kept.ifPresent(old -> tellMoves(old, lock, next, progress));
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

  private static void tellMoves(
      Lock before, Lock after, Analysis analysis, Consumer<Progress> progress) {
    LockMoves.lines(before, after, LockResolver.requirements(analysis))
        .forEach(line -> progress.accept(new Progress.Step(line)));
  }

  private static boolean holds(Lock lock, LockedRoles.Outcome seen, Analysis analysis) {
    var asksForNoMore =
        seen.roles().equals(lock.roles())
            && asksForTheSame(analysis, seen.examination().analysis());
    return asksForNoMore || has(lock, analysis);
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
