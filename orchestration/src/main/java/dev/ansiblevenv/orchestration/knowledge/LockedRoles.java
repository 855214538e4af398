package dev.ansiblevenv.orchestration.knowledge;

import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.playbook.Requirements;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import dev.ansiblevenv.core.lock.LockedRole;
import dev.ansiblevenv.core.lock.RoleLocker;
import dev.ansiblevenv.core.lock.RoleRequirement;
import dev.ansiblevenv.core.lock.RoleStore;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Lets an examination see the roles that have to be fetched: what they use becomes what the
/// playbook needs, and the roles that they depend on are fetched in turn. What was locked wins.
public final class LockedRoles {

  private final Supplier<RoleStore> store;
  private final Function<AnsibleSettings, RoleLocker> locker;

  /// @param locker gives what locks roles by a configuration
  public LockedRoles(Supplier<RoleStore> store, Function<AnsibleSettings, RoleLocker> locker) {
    this.store = store;
    this.locker = locker;
  }

  /// An examination with the roles that it sees.
  ///
  /// @param roles those of them that had to be fetched, sorted by name
  /// @param complete whether no role had to be left out because it was not at hand
  public record Outcome(Examination examination, List<LockedRole> roles, boolean complete) {}

  /// With what is on this controller; asks no server.
  ///
  /// @param base that sees no fetched role
  public Outcome atHand(Examination base, List<LockedRole> locked) {
    return applied(
        base,
        locked,
        (known, _) -> known.filter(role -> store.get().contentAtHand(role).isPresent()));
  }

  /// With everything; fetches what is not on this controller.
  ///
  /// @param base that sees no fetched role
  /// @throws dev.ansiblevenv.diagnostic.Failure when a role cannot be had
  public Outcome fetched(Examination base, List<LockedRole> locked) {
    return applied(
        base,
        locked,
        (known, wanted) ->
            Optional.of(
                known.orElseGet(() -> locker.apply(base.request().settings()).lock(wanted))));
  }

  private Outcome applied(Examination base, List<LockedRole> locked, Having having) {
    var found = new TreeMap<String, Optional<LockedRole>>();
    for (var examination = base; ; examination = base.seeing(directories(found))) {
      var before = found.size();
      for (var required : examination.rolesToFetch()) {
        var name = required.entry().name();
        if (!found.containsKey(name)) {
          var known = locked.stream().filter(role -> role.name().equals(name)).findFirst();
          found.put(name, having.find(known, requirement(required)));
        }
      }
      if (found.size() == before) {
        var roles = found.values().stream().flatMap(Optional::stream).toList();
        return new Outcome(examination, roles, roles.size() == found.size());
      }
    }
  }

  private SortedMap<String, Path> directories(SortedMap<String, Optional<LockedRole>> found) {
    var directories = new TreeMap<String, Path>();
    found.forEach(
        (name, role) -> role.ifPresent(there -> directories.put(name, store.get().content(there))));
    return directories;
  }

  private static RoleRequirement requirement(Requirements.In<GalaxyRole> required) {
    var role = required.entry();
    return new RoleRequirement(
        role.name(),
        role.source(),
        role.scm(),
        role.version(),
        required.file() + ":" + role.line());
  }

  @FunctionalInterface
  private interface Having {
    Optional<LockedRole> find(Optional<LockedRole> known, RoleRequirement wanted);
  }
}
