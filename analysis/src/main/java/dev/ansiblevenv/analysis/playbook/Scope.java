package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// The variables that can be seen where a name is read. What stands around the place is a chain of
/// layers, each on its {@link Level}; {@link Assignments} and {@link HostVariables} add what is set
/// elsewhere. A variable has the values of all levels down to the first one that surely sets it.
final class Scope {

  /// What a layer says of one variable.
  ///
  /// @param sure whether nothing weaker counts
  /// @param yields whether parameters of the role may win all the same
  record Entry(Level level, Value value, boolean sure, boolean yields) {

    Entry(Level level, Value value, boolean sure) {
      this(level, value, sure, false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry
          && level == entry.level
          && sure == entry.sure
          && yields == entry.yields
          && value.equals(entry.value);
    }

    @Override
    public int hashCode() {
      return 31 * level.hashCode() + value.hashCode();
    }
  }

  /// What all layers of one way to a place say of one variable, innermost first.
  record Stack(List<Entry> entries, @Nullable HostVariables hosts) {

    /// With an entry that is nearer.
    Stack under(Entry entry) {
      var all = new ArrayList<>(List.of(entry));
      all.addAll(entries);
      return new Stack(all, hosts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Stack stack && hosts == stack.hosts && entries.equals(stack.entries);
    }

    @Override
    public int hashCode() {
      return entries.hashCode();
    }
  }

  private final Surroundings surroundings;
  private final @Nullable Scope outer;
  private final @Nullable ManyScopes ways;
  private final @Nullable HostVariables hosts;
  private final Level level;
  private final Map<String, Value> variables;
  private final Kind kind;

  private enum Kind {
    SURE,
    /// What `include_role` is given in a role, over which the parameters of that role win.
    YIELDING,
    /// A run may skip what sets these variables.
    UNSURE,
    /// What earlier tasks have set may not be set here: tags can skip them.
    BARRIER,
    /// Only the call's variables are known, any other may be anything.
    OPEN
  }

  private Scope(
      Surroundings surroundings,
      @Nullable Scope outer,
      @Nullable ManyScopes ways,
      @Nullable HostVariables hosts,
      Level level,
      Map<String, Value> variables,
      Kind kind) {
    this.surroundings = surroundings;
    this.outer = outer;
    this.ways = ways;
    this.hosts = hosts;
    this.level = level;
    this.variables = variables;
    this.kind = kind;
  }

  static Scope outermost(Surroundings surroundings) {
    return new Scope(surroundings, null, null, null, Level.MAGIC, Map.of(), Kind.SURE);
  }

  /// Of a file that several ways may lead to.
  static Scope ofWays(Surroundings surroundings, ManyScopes ways) {
    return new Scope(surroundings, null, ways, null, Level.MAGIC, Map.of(), Kind.SURE);
  }

  /// What holds whatever the files say.
  Scope ofCall() {
    return new Scope(surroundings, null, null, null, Level.MAGIC, Map.of(), Kind.OPEN);
  }

  CallScope call() {
    return surroundings.call();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  private Scope with(Level newLevel, Map<String, Value> added, Kind newKind) {
    return new Scope(surroundings, this, null, null, newLevel, added, newKind);
  }

  /// A play for these hosts.
  Scope of(HostVariables newHosts) {
    return new Scope(surroundings, this, null, newHosts, Level.MAGIC, Map.of(), Kind.SURE);
  }

  /// A magic variable, or one of a loop.
  Scope with(String name, Value value) {
    return with(Level.MAGIC, Map.of(name, value), Kind.SURE);
  }

  Scope with(Level newLevel, Map<String, Value> added) {
    return added.isEmpty() ? this : with(newLevel, added, Kind.SURE);
  }

  /// @param node a mapping of variables; anything else adds nothing
  Scope with(Level newLevel, @Nullable Node node) {
    return with(newLevel, values(node));
  }

  Scope withUnsure(Level newLevel, @Nullable Node node) {
    var added = values(node);
    return added.isEmpty() ? this : with(newLevel, added, Kind.UNSURE);
  }

  /// @param added may grow later
  Scope withUnsure(Level newLevel, Map<String, Value> added) {
    return with(newLevel, added, Kind.UNSURE);
  }

  /// The `vars` of an `include_role`. In a role, `IncludeRole.get_include_params` of ansible-core
  /// puts the parameters of that role over them.
  Scope withIncludeRole(@Nullable Node node, boolean inRole) {
    var added = values(node);
    return added.isEmpty()
        ? this
        : with(Level.INCLUDE_PARAMETERS, added, inRole ? Kind.YIELDING : Kind.SURE);
  }

  /// Inside a task that has tags of its own, and so may run where earlier ones did not.
  Scope behindTags() {
    return with(Level.MAGIC, Map.of(), Kind.BARRIER);
  }

  static Map<String, Value> values(@Nullable Node node) {
    var mapping = YamlMapping.of(node);
    if (mapping == null) {
      return Map.of();
    }
    var values = new HashMap<String, Value>();
    mapping.entries().forEach(entry -> values.put(entry.key(), new Value.Data(entry.value())));
    return values;
  }

  /// The values that the variable can have; {@link Value.Special#UNDEFINED} is among them where no
  /// level surely sets it.
  List<Value> get(String name, Level.Stage stage) {
    if (kind == Kind.OPEN) {
      return List.of(surroundings.called(name).orElse(Value.UNKNOWN));
    }
    var values = new LinkedHashSet<Value>();
    for (var stack : stacks(name)) {
      values.addAll(surroundings.values(name, stack, stage));
    }
    return List.copyOf(values);
  }

  /// Whether a layer sets the variable on any way that leads here.
  boolean sets(String name) {
    return kind != Kind.OPEN && stacks(name).stream().anyMatch(stack -> !stack.entries().isEmpty());
  }

  /// The variables of the host of this name, or of any host, as `hostvars` has them.
  List<Value> ofHost(@Nullable String host, String name) {
    var values = new LinkedHashSet<Value>();
    for (var stack : stacks(name)) {
      values.addAll(surroundings.ofHost(stack.hosts(), host, name));
    }
    return List.copyOf(values);
  }

  Set<Stack> stacks(String name) {
    var entries = new ArrayList<Entry>();
    var innerHosts = hosts;
    var behindTags = false;
    var scope = this;
    while (true) {
      behindTags |= scope.kind == Kind.BARRIER;
      innerHosts = innerHosts == null ? scope.hosts : innerHosts;
      var value = scope.variables.get(name);
      if (value != null) {
        var isOfTask = scope.level == Level.SET_FACT || scope.level == Level.INCLUDE_VARS;
        var yields = scope.kind == Kind.YIELDING;
        var sure = (scope.kind == Kind.SURE || yields) && !(behindTags && isOfTask);
        entries.add(new Entry(scope.level, value, sure, yields));
      }
      if (scope.outer == null) {
        break;
      }
      scope = scope.outer;
    }
    if (scope.ways == null) {
      return Set.of(new Stack(entries, innerHosts));
    }
    var stacks = new LinkedHashSet<Stack>();
    for (var stack : scope.ways.stacks(name)) {
      var isSame = entries.isEmpty() && !behindTags && innerHosts == null;
      stacks.add(isSame ? stack : joined(entries, innerHosts, stack, behindTags));
    }
    return stacks;
  }

  private static Stack joined(
      List<Entry> inner, @Nullable HostVariables hosts, Stack outer, boolean behindTags) {
    var all = new ArrayList<>(inner);
    for (var entry : outer.entries()) {
      var isOfTask = entry.level() == Level.SET_FACT || entry.level() == Level.INCLUDE_VARS;
      all.add(behindTags && isOfTask ? new Entry(entry.level(), entry.value(), false) : entry);
    }
    return new Stack(all, hosts == null ? outer.hosts() : hosts);
  }

  /// Whether both see the same variables, as far as that can be told without reading them.
  static boolean areAlike(Scope first, Scope second) {
    @Nullable Scope one = first;
    @Nullable Scope other = second;
    while (one != other) {
      if (one == null
          || other == null
          || one.level != other.level
          || one.kind != other.kind
          || one.ways != other.ways
          || one.hosts != other.hosts
          || !one.variables.equals(other.variables)) {
        return false;
      }
      one = one.outer;
      other = other.outer;
    }
    return true;
  }

  /// The names that layers of this scope set, down to what it shares with another.
  Set<String> names() {
    var names = new LinkedHashSet<String>();
    for (@Nullable Scope scope = this; scope != null; scope = scope.outer) {
      names.addAll(scope.variables.keySet());
    }
    return names;
  }

  static boolean isMapping(Value value) {
    return value instanceof Value.Data(MappingNode _)
        || (value instanceof Value.Rendered(MappingNode _, _));
  }
}
