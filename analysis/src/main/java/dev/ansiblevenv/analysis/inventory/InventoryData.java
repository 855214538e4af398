package dev.ansiblevenv.analysis.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups, hosts and their variables, put together by the rules of Ansible's
/// [InventoryData](https://github.com/ansible/ansible/blob/devel/lib/ansible/inventory/data.py).
/// Errors are IllegalArgumentException with the reason; the reader of the file knows the place.
public final class InventoryData {

  private static final String ALL = "all";
  private static final String UNGROUPED = "ungrouped";

  public static final class Group {
    private final String name;
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private final Set<Group> children = new LinkedHashSet<>();
    private final Set<Group> parents = new LinkedHashSet<>();
    private int depth;
    private long priority = 1;

    private Group(String name) {
      this.name = name;
    }

    public String name() {
      return name;
    }

    public Set<String> hosts() {
      return hosts;
    }

    public List<String> children() {
      return children.stream().map(Group::name).toList();
    }

    public Map<String, @Nullable Object> variables() {
      return variables;
    }

    /// `ansible_group_priority`, which is no variable of the group's hosts.
    public long priority() {
      return priority;
    }

    private void collectAncestors(Set<Group> ancestors) {
      for (var parent : parents) {
        if (ancestors.add(parent)) {
          parent.collectAncestors(ancestors);
        }
      }
    }

    private void sink(int least) {
      if (depth < least) {
        depth = least;
        children.forEach(child -> child.sink(least + 1));
      }
    }
  }

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Map<String, @Nullable Object>> hosts = new LinkedHashMap<>();

  /// Hosts that were named without a group, but have one: `ungrouped` is none of theirs, not even
  /// through its children.
  private final Set<String> regrouped = new HashSet<>();

  public InventoryData() {
    addGroup(ALL);
    addGroup(UNGROUPED);
    addChild(ALL, UNGROUPED);
  }

  boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  public void addGroup(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a group has no name");
    }
    groups.computeIfAbsent(name, Group::new);
  }

  /// The port counts where the host is named for the first time.
  public void addHost(String name, String group, int port) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a host has no name");
    }
    if (!hosts.containsKey(name)) {
      var variables = new LinkedHashMap<String, @Nullable Object>();
      if (port > 0) {
        variables.put("ansible_port", (long) port);
      }
      hosts.put(name, variables);
    }
    group(group).hosts.add(name);
  }

  /// Sets a variable of the group of this name, or else of the host.
  public void setVariable(String entity, String name, @Nullable Object value) {
    var group = groups.get(entity);
    if (group == null) {
      host(entity).put(name, value);
    } else if (name.equals("ansible_group_priority")) {
      group.priority = priority(value);
    } else {
      group.variables.put(name, value);
    }
  }

  /// The same where a group of that name is not meant.
  public void setHostVariable(String host, String name, @Nullable Object value) {
    var variables = hosts.get(host);
    if (variables == null) {
      throw new IllegalArgumentException("`" + host + "` is not a known host");
    }
    variables.put(name, value);
  }

  private static long priority(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.longValue();
      case String text when text.strip().matches("[-+]?[0-9]{1,18}") ->
          Long.parseLong(text.strip());
      case null, default ->
          throw new IllegalArgumentException("`ansible_group_priority` is not a number");
    };
  }

  public void addChild(String parentName, String childName) {
    var parent = group(parentName);
    var child = groups.get(childName);
    if (child == null) {
      host(childName);
      parent.hosts.add(childName);
      return;
    }
    var ancestors = new LinkedHashSet<Group>();
    parent.collectAncestors(ancestors);
    if (child == parent || ancestors.contains(child)) {
      throw new IllegalArgumentException(
          "the group `"
              + childName
              + "` cannot be a child of `"
              + parentName
              + "`, which is below it");
    }
    if (parent.children.add(child)) {
      child.parents.add(parent);
      child.sink(parent.depth + 1);
    }
  }

  /// What holds once everything is read: every group is below `all`, and a host of a real group is
  /// not `ungrouped`.
  public void reconcile() {
    for (var group : groups.values()) {
      if (!group.name.equals(ALL) && group.parents.isEmpty()) {
        addChild(ALL, group.name);
      }
    }
    var ungrouped = group(UNGROUPED);
    for (var host : hosts.keySet()) {
      var others = new HashSet<>(groupsOf(host));
      others.remove(ungrouped);
      others.remove(group(ALL));
      if (others.isEmpty()) {
        ungrouped.hosts.add(host);
      } else if (ungrouped.hosts.remove(host)) {
        regrouped.add(host);
      }
    }
  }

  public Set<String> hostNames() {
    return hosts.keySet();
  }

  public List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /// The hosts of a group and of the groups below it.
  Set<String> hostsBelow(Group group) {
    var found = new LinkedHashSet<String>();
    var seen = new HashSet<Group>();
    var open = new ArrayList<>(List.of(group));
    while (!open.isEmpty()) {
      var next = open.removeFirst();
      if (seen.add(next)) {
        found.addAll(next.hosts);
        open.addAll(next.children);
      }
    }
    return found;
  }

  /// The variables that the inventory gives to the host itself.
  public Map<String, @Nullable Object> host(String name) {
    var variables = hosts.get(name);
    if (variables == null) {
      throw new IllegalArgumentException("`" + name + "` is not a known host or group");
    }
    return variables;
  }

  /// The groups of a host in the order in which their variables apply, `all` first.
  public List<Group> groupsOf(String host) {
    var found = new LinkedHashSet<Group>();
    for (var group : groups.values()) {
      if (group.hosts.contains(host)) {
        found.add(group);
        group.collectAncestors(found);
      }
    }
    if (regrouped.contains(host)) {
      found.remove(group(UNGROUPED));
    }
    var sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.<Group, Boolean>comparing(group -> !group.name.equals(ALL))
            .thenComparingInt(group -> group.depth)
            .thenComparingLong(group -> group.priority)
            .thenComparing(group -> group.name));
    return sorted;
  }

  /// A host with everything that its groups give it.
  public InventoryHost seen(String name) {
    var variables = new HashMap<String, @Nullable Object>();
    var names = new ArrayList<String>();
    for (var group : groupsOf(name)) {
      variables.putAll(group.variables());
      names.add(group.name());
    }
    variables.putAll(host(name));
    names.remove(ALL);
    names.sort(null);
    return new InventoryHost(name, List.copyOf(names), variables);
  }

  private Group group(String name) {
    var group = groups.get(name);
    if (group == null) {
      throw new IllegalArgumentException("`" + name + "` is not a known group");
    }
    return group;
  }
}
