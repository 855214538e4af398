package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedRole;
import dev.ansiblevenv.orchestration.process.Specifications;
import dev.ansiblevenv.orchestration.spec.RequiredRole;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import java.util.List;
import java.util.Optional;

/// The lock that counts for a playbook before anything is resolved: its own or, where its content
/// has changed since, that of the spec before.
///
/// @param name of the spec whose lock it is
/// @param own what the project has under the playbook's present name
/// @param before the spec whose lock it is; empty where it is the playbook's own
public record LockSoFar(
    String name, Lock lock, Optional<Lock> own, Optional<VenvSpecification> before) {

  static LockSoFar own(String name, Lock lock) {
    return new LockSoFar(name, lock, Optional.of(lock), Optional.empty());
  }

  boolean isOwn() {
    return before.isEmpty();
  }

  /// Whether it was made for exactly what is needed now.
  boolean isFor(Analysis analysis, List<LockedRole> roles) {
    return before
            .map(VenvSpecification::needsSha256)
            .filter(LockResolver.requirements(analysis).digest()::equals)
            .isPresent()
        && lock.roles().equals(roles);
  }

  /// Those of its roles that the playbook still asks for in the same way. What a role depends on
  /// stays as long as no role has changed.
  List<LockedRole> rolesFor(Examination base) {
    var known = before.map(VenvSpecification::roles).orElse(List.of());
    var wanted = Specifications.toBeFetched(base.analysis());
    if (isOwn() || known.containsAll(wanted)) {
      return lock.roles();
    }
    var same = wanted.stream().filter(known::contains).map(RequiredRole::name).toList();
    return lock.roles().stream().filter(role -> same.contains(role.name())).toList();
  }
}
