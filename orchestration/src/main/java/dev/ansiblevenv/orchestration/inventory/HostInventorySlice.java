package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.core.run.Inventory.Group;
import dev.ansiblevenv.core.run.Inventory.TargetOnly;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of an inventory concerns one host, with every variable where it was: which of them wins is
/// Ansible's to decide on the host, where files beside the playbook have their say, too.
record HostInventorySlice(InventoryData data, VariableFiles files) {

  private static final String ALL = "all";
  private static final String PRIORITY = "ansible_group_priority";
  private static final long USUAL_PRIORITY = 1;

  /// @param host need not be in the inventory; what is said of all hosts is said of it, too
  TargetOnly of(String host) {
    var isKnown = data.hostNames().contains(host);
    var groups =
        isKnown
            ? data.groupsOf(host)
            : data.groups().stream().filter(group -> group.name().equals(ALL)).toList();
    var variables = new HashMap<String, @Nullable Object>(isKnown ? data.host(host) : Map.of());
    variables.remove(Inventory.VARIABLE);
    var names = groups.stream().map(InventoryData.Group::name).collect(Collectors.toSet());
    var shared = new LinkedHashMap<String, Group>();
    for (var group : groups) {
      shared.put(
          group.name(),
          new Group(
              group.hosts().contains(host),
              group.children().stream().filter(names::contains).toList(),
              variables(group)));
    }
    return new TargetOnly(host, variables, shared, files(host, groups));
  }

  private static Map<String, @Nullable Object> variables(InventoryData.Group group) {
    var variables = new HashMap<String, @Nullable Object>(group.variables());
    if (group.priority() != USUAL_PRIORITY) {
      variables.put(PRIORITY, group.priority());
    }
    return variables;
  }

  private Map<String, java.nio.file.Path> files(String host, List<InventoryData.Group> groups) {
    var found = new TreeMap<String, java.nio.file.Path>();
    groups.forEach(group -> found.putAll(files.named("group_vars", group.name(), "")));
    found.putAll(files.named("host_vars", host, "1/"));
    return found;
  }
}
