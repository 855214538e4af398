package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockStorage;
import dev.ansiblevenv.orchestration.spec.SpecHistory;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import java.util.List;
import java.util.Optional;

/// Which lock an edited playbook starts from: that of the newest spec of the same playbook. A
/// content that was there before, as after a reverted edit, has its own lock back, unless the
/// newest spec needs the same: then both have one lock.
public final class LockHistory {

  private final SpecHistory specs;
  private final LockStorage locks;

  public LockHistory(SpecHistory specs, LockStorage locks) {
    this.specs = specs;
    this.locks = locks;
  }

  /// @param base made with the catalogue alone
  /// @return empty for a playbook that was never locked
  public Optional<LockSoFar> lockSoFar(Examination base) {
    var name = base.analysis().name();
    var own = locks.read(name);
    var history = specs.of(name, base.closure().playbook());
    if (own.isEmpty()) {
      return locked(history, own);
    }
    var needs =
        history.stream()
            .filter(spec -> spec.name().equals(name))
            .map(VenvSpecification::needsSha256)
            .filter(digest -> !digest.isEmpty())
            .findFirst();
    return history.stream()
        .findFirst()
        .filter(newest -> !newest.name().equals(name))
        .filter(newest -> needs.filter(newest.needsSha256()::equals).isPresent())
        .flatMap(newest -> locked(List.of(newest), own))
        .or(() -> own.map(lock -> LockSoFar.own(name, lock)));
  }

  private Optional<LockSoFar> locked(List<VenvSpecification> candidates, Optional<Lock> own) {
    return candidates.stream()
        .flatMap(spec ->
            locks.read(spec.name()).stream()
                .map(lock -> new LockSoFar(spec.name(), lock, own, Optional.of(spec))))
        .findFirst();
  }
}
