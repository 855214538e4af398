package dev.ansiblevenv.core.inventory;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Groups, hosts and variables, as an [inventory
/// script](https://docs.ansible.com/ansible/latest/dev_guide/developing_inventory.html#developing-inventory-scripts)
/// prints them.
///
/// @param content values are null, Boolean, Integer, Long, BigInteger, Double, String, List or Map
public record InventoryListing(String json, Map<String, Object> content) {

  /// Ansible takes a group without any of its three keys for the name of a host.
  private static final Map<String, Object> NO_HOSTS = Map.of("hosts", List.of());

  /// @param name of the source, for errors
  /// @param printer who printed it, for errors
  /// @throws InvalidInput when it is not a JSON object
  static InventoryListing of(String json, String name, String printer) {
    try {
      return new InventoryListing(json, JSON.std.mapFrom(json));
    } catch (IOException e) {
      throw new InvalidInput(
          "cannot read the inventory", name, printer + " does not print a JSON object", "", e);
    }
  }

  InventoryListing with(String name, Object value) {
    var changed = new LinkedHashMap<>(content);
    changed.put(name, value);
    return of(changed);
  }

  private static InventoryListing of(Map<String, Object> content) {
    try {
      return new InventoryListing(JSON.std.asString(content), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Without the children of `all`, so that groups of other sources keep their place among them.
  ///
  /// Ansible makes each group that has no parent a child of `all`, after it has read every source.
  InventoryListing withoutTopGroups() {
    if (!(content.get("all") instanceof Map<?, ?> all)
        || !(all.get("children") instanceof List<?> children)) {
      return this;
    }
    var groups = new LinkedHashMap<>(content);
    children.forEach(group -> groups.putIfAbsent(String.valueOf(group), NO_HOSTS));
    var rest = new LinkedHashMap<>(all);
    rest.remove("children");
    groups.put("all", rest.isEmpty() ? NO_HOSTS : rest);
    return of(groups);
  }

  /// Without values, which may be secrets.
  @Override
  public String toString() {
    return "InventoryListing[" + content.keySet() + "]";
  }
}
