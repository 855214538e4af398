package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.inventory.InventoryData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What inventories, `group_vars/` and `host_vars/` say of the hosts of a play, in the order of
/// `VariableManager.get_vars` and Ansible's default `VARIABLE_PRECEDENCE`: a host's variables win
/// over those of its groups, files over inventories, a group's over those of `all`, files beside
/// the playbook over those beside the inventories.
final class HostVariables {

  /// @param sure whether each of the hosts has the variable
  record Found(List<Value> values, boolean sure) {}

  private static final String ALL = "all";
  private static final int MAX_NAMES = 100;

  private final ClosureReader reader;
  private final Inventories inventories;
  private final Path basedir;

  /// Null where any host may be meant.
  private final @Nullable Set<String> hosts;

  private final Map<String, Found> known = new HashMap<>();
  private final Map<String, HostVariables> single = new HashMap<>();
  private @Nullable HostVariables any;

  /// @param basedir the playbook's directory
  /// @param hosts null for every host there may be
  HostVariables(
      ClosureReader reader, Inventories inventories, Path basedir, @Nullable Set<String> hosts) {
    this.reader = reader;
    this.inventories = inventories;
    this.basedir = basedir;
    this.hosts = hosts;
  }

  HostVariables only(String host) {
    return single.computeIfAbsent(
        host, name -> new HostVariables(reader, inventories, basedir, Set.of(name)));
  }

  HostVariables anyHost() {
    if (any == null) {
      any = new HostVariables(reader, inventories, basedir, null);
    }
    return any;
  }

  /// Whether variables may be set that nothing here shows.
  boolean areUnknown() {
    return hosts == null;
  }

  /// The values of `inventory_hostname`.
  Value name() {
    return hosts == null || hosts.size() > MAX_NAMES
        ? Value.UNKNOWN
        : new Value.OneOf(hosts.stream().<Value>map(Value.Text::new).toList());
  }

  Found get(String name) {
    return known.computeIfAbsent(name, this::find);
  }

  private Found find(String name) {
    var data = inventories.merged();
    if (hosts == null) {
      return new Found(List.copyOf(anywhere(data, name)), false);
    }
    var values = new LinkedHashSet<Value>();
    var sure = true;
    for (var host : hosts) {
      var value = ofHost(data, host, name);
      sure &= value != null;
      if (value != null) {
        values.add(value);
      }
    }
    return new Found(List.copyOf(values), sure);
  }

  private @Nullable Value ofHost(InventoryData data, String host, String name) {
    var isKnown = data.hostNames().contains(host);
    var groups =
        isKnown
            ? data.groupsOf(host).stream()
                .filter(group -> !group.name().equals(ALL))
                .toList()
                .reversed()
            : List.<InventoryData.Group>of();
    var names = groups.stream().map(InventoryData.Group::name).toList();
    var inventory = inventories.directories().reversed();
    var play = List.of(basedir);
    return Stream.<Stream<@Nullable Value>>of(
            inFiles(play, "host_vars", List.of(host), name),
            inFiles(inventory, "host_vars", List.of(host), name),
            Stream.of(isKnown ? value(data.host(host), name) : null),
            inFiles(play, "group_vars", names, name),
            inFiles(inventory, "group_vars", names, name),
            inFiles(play, "group_vars", List.of(ALL), name),
            inFiles(inventory, "group_vars", List.of(ALL), name),
            groups.stream().map(group -> value(group.variables(), name)),
            Stream.of(value(variablesOfAll(data), name)))
        .flatMap(each -> each)
        .filter(value -> value != null)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, @Nullable Object> variablesOfAll(InventoryData data) {
    return data.groups().stream()
        .filter(group -> group.name().equals(ALL))
        .findFirst()
        .map(InventoryData.Group::variables)
        .orElse(Map.of());
  }

  private static @Nullable Value value(Map<String, @Nullable Object> variables, String name) {
    return variables.containsKey(name) ? CallScope.value(variables.get(name)) : null;
  }

  private Stream<@Nullable Value> inFiles(
      List<Path> bases, String kind, List<String> owners, String name) {
    return owners.stream()
        .flatMap(owner ->
            bases.stream()
                .flatMap(base ->
                    reader.variables().ofName(base.resolve(kind), owner).reversed().stream()))
        .map(file -> inFile(file, name));
  }

  private @Nullable Value inFile(Path file, String name) {
    var node = reader.variables().of(file).get(name);
    return node == null ? null : new Value.Data(node);
  }

  private Set<Value> anywhere(InventoryData data, String name) {
    var values = new LinkedHashSet<Value>();
    var bases = new ArrayList<>(inventories.directories());
    bases.add(basedir);
    for (var base : bases) {
      for (var kind : List.of("group_vars", "host_vars")) {
        for (var file : reader.variables().inDirectoryOf(base.resolve(kind))) {
          var value = inFile(file, name);
          if (value != null) {
            values.add(value);
          }
        }
      }
    }
    var all = new ArrayList<Map<String, @Nullable Object>>();
    data.groups().forEach(group -> all.add(group.variables()));
    data.hostNames().forEach(host -> all.add(data.host(host)));
    for (var variables : all) {
      var value = value(variables, name);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }
}
