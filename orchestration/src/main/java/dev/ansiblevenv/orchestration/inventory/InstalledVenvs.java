package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The variable `installed_venvs` of a host itself. What its groups say does not count.
final class InstalledVenvs {

  private InstalledVenvs() {}

  /// @return what its `host_vars/` say, else what its entries say; null for nothing
  static @Nullable Object value(UserInventory inventory, String host) {
    var files = inventory.variableFiles();
    Object found = inventory.data().host(host).get(Inventory.VARIABLE);
    for (var file : files.ofHost(host)) {
      var content = files.content(file);
      found = content.getOrDefault(Inventory.VARIABLE, found);
    }
    return found;
  }

  /// @throws InvalidInput when the value is not a list of names
  static List<String> names(UserInventory inventory, String host) {
    var value = value(inventory, host);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new InvalidInput(
        "`" + Inventory.VARIABLE + "` of `" + host + "` is not a list of names",
        place(inventory, host),
        "its value is `" + value + "`",
        "remove the value: the next deploy sets it from the host record");
  }

  private static String place(UserInventory inventory, String host) {
    return inventory.files().stream()
        .filter(file -> file.content().entry(host) == Inventory.Entry.WITH_VARIABLE)
        .findFirst()
        .map(file -> file.content().placeOf(host))
        .orElse(inventory.place());
  }
}
