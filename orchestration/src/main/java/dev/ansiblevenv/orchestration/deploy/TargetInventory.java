package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.run.Inventory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a run sees as its inventory: exactly the target host, with the groups and variables that
/// the user's inventory gives it.
final class TargetInventory {

  private static final String OURS = "installed_venvs";

  private TargetInventory() {}

  static Inventory of(Target target) {
    var known = target.known();
    if (known.isEmpty()) {
      return new Inventory.TargetOnly(target.name().text());
    }
    var variables = new HashMap<>(known.get().variables());
    variables.remove(OURS);
    var groups = new TreeMap<String, Inventory.Group>();
    for (var group : known.get().groups()) {
      if (!group.equals("ungrouped")) {
        groups.put(group, new Inventory.Group(true, List.of(), Map.of()));
      }
    }
    return new Inventory.TargetOnly(known.get().name(), variables, groups);
  }
}
