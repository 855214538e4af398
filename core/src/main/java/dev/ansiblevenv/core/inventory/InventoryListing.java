package dev.ansiblevenv.core.inventory;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.util.Map;

/// Groups, hosts and variables, as an [inventory
/// script](https://docs.ansible.com/ansible/latest/dev_guide/developing_inventory.html#developing-inventory-scripts)
/// prints them.
///
/// @param content values are null, Boolean, Integer, Long, BigInteger, Double, String, List or Map
public record InventoryListing(String json, Map<String, Object> content) {

  /// @param name of the source, for errors
  /// @throws InvalidInput when it is not JSON
  public static InventoryListing of(String json, String name) {
    try {
      return new InventoryListing(json, JSON.std.mapFrom(json));
    } catch (IOException e) {
      throw new InvalidInput(
          "what ansible-inventory prints cannot be read",
          name,
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }

  /// Without values, which may be secrets.
  @Override
  public String toString() {
    return "InventoryListing[" + content.keySet() + "]";
  }
}
