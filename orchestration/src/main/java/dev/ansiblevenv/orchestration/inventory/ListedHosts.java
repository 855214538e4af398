package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.core.inventory.InventoryListing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a listing to groups, hosts and variables, in the order of Ansible's plugin `script`.
final class ListedHosts {

  private static final String META = "_meta";

  private ListedHosts() {}

  /// The caller reconciles after the last source.
  static void add(InventoryListing listing, InventoryData data) {
    var groups = new LinkedHashMap<>(listing.content());
    groups.remove(META);
    groups.forEach((name, value) -> {
      var group = map(value);
      data.addGroup(name);
      texts(value instanceof List ? value : group.get("hosts"))
          .forEach(host -> data.addHost(host, name, 0));
      map(group.get("vars"))
          .forEach((variable, each) -> data.setVariable(name, variable, normal(each)));
      texts(group.get("children"))
          .forEach(child -> {
            data.addGroup(child);
            data.addChild(name, child);
          });
    });
    map(map(listing.content().get(META)).get("hostvars"))
        .forEach((host, variables) -> {
          if (data.hostNames().contains(host)) {
            map(variables)
                .forEach((variable, each) -> data.setHostVariable(host, variable, normal(each)));
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  private static @Nullable Object normal(@Nullable Object value) {
    return value instanceof Integer number ? number.longValue() : value;
  }
}
