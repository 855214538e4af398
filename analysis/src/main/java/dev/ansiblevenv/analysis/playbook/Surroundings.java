package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is the same for all scopes of one closure: the call's variables, what tasks and roles set,
/// and the hosts.
final class Surroundings {

  /// Variables of Ansible's own that say how a host is reached: no fact has such a name.
  private static final Set<String> NO_FACTS =
      Set.of(
          "ansible_connection",
          "ansible_host",
          "ansible_port",
          "ansible_user",
          "ansible_password",
          "ansible_network_os",
          "ansible_python_interpreter");

  private static final List<String> NO_FACTS_PREFIXES =
      List.of("ansible_become", "ansible_ssh_", "ansible_shell_", "ansible_winrm_", "ansible_sudo");

  /// Modules of ansible-core return these facts under their own names.
  private static final Set<String> FACTS = Set.of("packages", "services", "mount_points");

  private static final Map<String, Value> MAGIC =
      Map.of(
          "hostvars", Value.Special.ALL_HOSTS,
          "vars", Value.Special.ALL_VARIABLES,
          "inventory_hostname", Value.UNKNOWN,
          "inventory_hostname_short", Value.UNKNOWN,
          "inventory_dir", Value.UNKNOWN,
          "inventory_file", Value.UNKNOWN,
          "group_names", Value.UNKNOWN,
          "groups", Value.UNKNOWN,
          "environment", Value.UNKNOWN);

  private final CallScope call;
  private final Assignments assignments = new Assignments();
  private final boolean merges;
  private final @Nullable HostVariables everyHost;
  private final Rounds rounds = new Rounds();
  private int version;

  /// @param merges whether mappings of different levels are merged (`hash_behaviour`)
  /// @param everyHost the variables of hosts that a play does not name; null where there are none
  Surroundings(CallScope call, boolean merges, @Nullable HostVariables everyHost) {
    this.call = call;
    this.merges = merges;
    this.everyHost = everyHost;
  }

  CallScope call() {
    return call;
  }

  Assignments assignments() {
    return assignments;
  }

  /// Something new was found that names may depend on.
  void changed() {
    version++;
    rounds.restart();
  }

  Rounds rounds() {
    return rounds;
  }

  /// Grows with everything that names may depend on.
  int changes() {
    return version + assignments.changes();
  }

  List<Value> values(String name, Scope.Stack stack, Level.Stage stage) {
    var values = new ArrayList<Value>();
    for (var level : stage.strongestFirst()) {
      if (stage.sees(level) && add(values, level, name, stack)) {
        return values;
      }
    }
    var hosts = stack.hosts();
    if (values.isEmpty() && stage != Level.Stage.LOAD && (hosts == null || hosts.areUnknown())) {
      values.add(Value.UNKNOWN);
    }
    values.add(Value.Special.UNDEFINED);
    return values;
  }

  /// @return whether the level surely sets the variable
  private boolean add(List<Value> values, Level level, String name, Scope.Stack stack) {
    var sure = false;
    var entries = stack.entries();
    for (var i = 0; i < entries.size() && !sure; i++) {
      // Of the imports of playbooks the outermost wins.
      var entry = entries.get(level == Level.IMPORT_PLAYBOOK ? entries.size() - 1 - i : i);
      if (entry.level() == level) {
        values.add(entry.value());
        sure =
            entry.sure()
                && !(entry.yields() && hasRoleParameter(entries))
                && !(merges && Scope.isMapping(entry.value()));
      }
    }
    switch (level) {
      case CALL -> {
        var called = called(name);
        called.ifPresent(values::add);
        sure = called.isPresent() && !(merges && Scope.isMapping(called.get()));
      }
      case MAGIC -> {
        var magic = sure ? null : magic(name, stack.hosts());
        if (magic != null) {
          values.add(magic);
          sure = true;
        }
      }
      case HOST -> {
        values.addAll(assignments.get(level, name));
        var hosts = stack.hosts() == null ? everyHost : stack.hosts();
        if (hosts == null) {
          return false;
        }
        var found = hosts.get(name);
        values.addAll(found.values());
        if (assignments.changeHosts()) {
          values.addAll(hosts.anyHost().get(name).values());
        } else {
          sure = found.sure() && !(merges && found.values().stream().anyMatch(Scope::isMapping));
        }
      }
      case FACTS -> {
        if (isFact(name)) {
          values.add(Value.UNKNOWN);
        }
      }
      case SET_FACT, INCLUDE_VARS -> values.addAll(assignments.get(level, name));
      case PLAY_ROLES, PLAY_DEFAULTS -> values.addAll(assignments.get(level, name));
      default -> {}
    }
    return sure;
  }

  private static boolean hasRoleParameter(List<Scope.Entry> entries) {
    return entries.stream().anyMatch(entry -> entry.level() == Level.ROLE_PARAMETERS);
  }

  private @Nullable Value magic(String name, @Nullable HostVariables hosts) {
    return hosts != null && name.equals("inventory_hostname") && !assignments.changeHosts()
        ? hosts.name()
        : MAGIC.get(name);
  }

  /// The call's value, which counts as used from now on.
  Optional<Value> called(String name) {
    var called = call.get(name);
    if (called != null) {
      call.note(name);
    }
    return Optional.ofNullable(called);
  }

  private static boolean isFact(String name) {
    return FACTS.contains(name)
        || name.startsWith("getent_")
        || (name.startsWith("ansible_")
            && !NO_FACTS.contains(name)
            && NO_FACTS_PREFIXES.stream().noneMatch(name::startsWith));
  }

  /// @param hosts of the play
  List<Value> ofHost(@Nullable HostVariables hosts, @Nullable String host, String name) {
    var called = called(name);
    if (called.isPresent()) {
      return List.of(called.get());
    }
    var values = new ArrayList<Value>();
    values.addAll(assignments.get(Level.SET_FACT, name));
    values.addAll(assignments.get(Level.INCLUDE_VARS, name));
    if (isFact(name) || name.equals("inventory_hostname")) {
      values.add(Value.UNKNOWN);
    }
    var every = hosts == null ? everyHost : hosts.anyHost();
    if (every != null) {
      var found = (host == null ? every : every.only(host)).get(name);
      values.addAll(found.values());
      if (found.sure()) {
        return values;
      }
    }
    if (values.isEmpty()) {
      values.add(Value.UNKNOWN);
    }
    values.add(Value.Special.UNDEFINED);
    return values;
  }
}
