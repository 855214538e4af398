package dev.ansiblevenv.analysis.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A host as Ansible sees it from the inventory: with everything that its groups give it, and
/// before any template is evaluated.
///
/// @param name `inventory_hostname`
/// @param groups `group_names`: every group it is in, also through children; sorted, without `all`
/// @param variables in no particular order; values are null, Boolean, Long, BigInteger, Double,
///   String, List or Map. Encrypted ones are `{"__ansible_vault": text}`, unsafe ones
///   `{"__ansible_unsafe": text}`, as in Ansible's own JSON
public record InventoryHost(
    String name, List<String> groups, Map<String, @Nullable Object> variables) {

  /// A variable as text, or null where it is not set.
  public @Nullable String text(String variable) {
    var value = variables.get(variable);
    return value == null ? null : value.toString();
  }
}
