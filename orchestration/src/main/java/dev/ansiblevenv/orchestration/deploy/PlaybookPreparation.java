package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.orchestration.process.Once;
import dev.ansiblevenv.orchestration.process.PlaybookProcessor;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.project.SharedListing;
import dev.ansiblevenv.orchestration.spec.SpecHistory;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// From a playbook to its spec and its lock, gated by ansible-lint.
public final class PlaybookPreparation {

  private final PlaybookProcessor processor;
  private final LockedAnalyses analyses;
  private final LintCollections lintCollections;
  private final SpecStorage specs;
  private final SpecHistory history;
  private final LockResolver locks;

  public PlaybookPreparation(
      PlaybookProcessor processor,
      LockedAnalyses analyses,
      LintCollections lintCollections,
      SpecStorage specs,
      SpecHistory history,
      LockResolver locks) {
    this.processor = processor;
    this.analyses = analyses;
    this.lintCollections = lintCollections;
    this.specs = specs;
    this.history = history;
    this.locks = locks;
  }

  /// A valid playbook with everything that is to be known of it; nothing of it is stored yet.
  ///
  /// @param before the lock that the project had meanwhile
  /// @param listing what the hosts that it is deployed to share
  public record Prepared(
      Analysis analysis,
      VenvSpecification spec,
      Lock lock,
      Optional<Lock> before,
      SharedListing listing) {

    Prepared(Analysis analysis, VenvSpecification spec, Lock lock, Optional<Lock> before) {
      this(analysis, spec, lock, before, new SharedListing());
    }

    Prepared sharing(SharedListing other) {
      return new Prepared(analysis, spec, lock, before, other);
    }
  }

  /// Reads a playbook.
  ///
  /// @throws dev.ansiblevenv.diagnostic.StateConflict when its name stands for another content
  public Examination examine(Path playbook, ProcessOptions options) {
    var examination = processor.examine(playbook, options);
    processor.requireOwnName(examination.analysis(), playbook, specs);
    return examination;
  }

  /// @param python gives the version of the interpreter that a new lock is for
  /// @param anew whether to resolve although there is a lock
  /// @throws dev.ansiblevenv.diagnostic.Failure when it is not valid, or cannot be locked
  public Prepared prepared(
      Examination examination,
      Path playbook,
      ProcessOptions options,
      Supplier<String> python,
      boolean anew,
      Consumer<Progress> progress) {
    examination.request().note().map(Progress.Warning::new).ifPresent(progress);
    var version = new Once<>(python);
    var known = anew ? analyses.unlocked(examination) : analyses.known(examination);
    var settled =
        new Once<>(() ->
            anew
                ? analyses.anew(examination, version, progress)
                : analyses.settled(known, version, progress));
    var report =
        processor.validate(
            known.examination().analysis(),
            playbook,
            options,
            () -> lintCollections.sight(settled.get()),
            progress);
    PlaybookProcessor.requireValid(report);
    var last = report.of(settled.get().analysis());
    PlaybookProcessor.requireValid(last);
    return new Prepared(
        last.analysis(),
        processor.specification(last, playbook).needing(LockResolver.requirements(last.analysis())),
        settled.get().lock(),
        settled.get().before());
  }

  /// Writes the spec and the lock into the project.
  ///
  /// @return false when somebody else has written another lock since; nothing is written then
  public boolean store(Prepared prepared) {
    if (!locks.replace(prepared.spec().name(), prepared.before(), prepared.lock())) {
      return false;
    }
    history.write(prepared.spec());
    return true;
  }
}
