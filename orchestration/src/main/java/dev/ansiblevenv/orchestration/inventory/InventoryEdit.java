package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An inventory's text with the variable of one host changed, after proof that a reader sees this
/// change and no other.
final class InventoryEdit {

  private InventoryEdit() {}

  /// For an inventory of one file.
  static Inventory apply(
      Inventory before, Optional<String> known, String host, List<String> venvs) {
    return apply(before, known, host, venvs, text -> InventoryReader.read(before.place(), text));
  }

  /// @param known the host's name in the inventory; empty to add `host`
  /// @param reread reads the file's changed text together with all other sources
  /// @return the inventory itself where it says so already
  static Inventory apply(
      Inventory before,
      Optional<String> known,
      String host,
      List<String> venvs,
      Function<String, Inventory> reread) {
    var name = known.orElse(host);
    var value = known.isPresent() ? own(before, name) : null;
    if (venvs.equals(value) || (value == null && venvs.isEmpty())) {
      return before;
    }
    var changed = known.isPresent() ? before.with(name, venvs) : before.withNew(name, venvs);
    var after = read(changed, before, name, reread);
    requireOnly(before, after, name, venvs);
    return after;
  }

  private static Inventory read(
      String changed, Inventory before, String name, Function<String, Inventory> reread) {
    try {
      return reread.apply(changed);
    } catch (InvalidInput e) {
      throw cannot(before, name, e);
    }
  }

  static @Nullable Object own(Inventory inventory, String host) {
    return inventory.data().host(host).get(Inventory.VARIABLE);
  }

  private static void requireOnly(
      Inventory before, Inventory after, String name, List<String> venvs) {
    var wanted = hosts(before);
    boolean isNew = !wanted.containsKey(name);
    var variables = wanted.computeIfAbsent(name, _ -> new HashMap<>());
    variables.put(Inventory.VARIABLE, venvs);
    if (isNew && Localhost.isLocal(name)) {
      variables.put("ansible_connection", "local");
    }
    var groupsAfter = groups(after);
    if (isNew) {
      groupsAfter.values().forEach(group -> group.remove(name));
    }
    if (!wanted.equals(hosts(after)) || !groups(before).equals(groupsAfter)) {
      throw cannot(before, name, null);
    }
  }

  private static Map<String, Map<String, @Nullable Object>> hosts(Inventory inventory) {
    var hosts = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    for (var host : inventory.data().hostNames()) {
      hosts.put(host, new HashMap<>(inventory.data().host(host)));
    }
    return hosts;
  }

  /// What a group is, as one list to compare: children and hosts in order, and its variables.
  private static Map<String, List<Object>> groups(Inventory inventory) {
    var groups = new LinkedHashMap<String, List<Object>>();
    for (var group : inventory.data().groups()) {
      var parts = new ArrayList<Object>(group.hosts());
      parts.add(group.children());
      parts.add(group.variables());
      groups.put(group.name(), parts);
    }
    return groups;
  }

  private static InvalidInput cannot(Inventory before, String name, @Nullable InvalidInput cause) {
    return new InvalidInput(
        "`" + Inventory.VARIABLE + "` of `" + name + "` cannot be set",
        before.placeOf(name),
        "no edit of this place leaves all other hosts and groups as they are",
        "give the host an entry of its own, without anchors, and a name that no group has",
        cause);
  }
}
