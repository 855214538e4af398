package dev.ansiblevenv.orchestration.inventory;

import java.util.List;

/// A host whose `installed_venvs` in the inventory are not those of its record.
///
/// @param host its name in the inventory, or the record's where it is to be added
/// @param added whether the inventory does not have the host
/// @param before what the inventory says, as text; empty for nothing
/// @param after the names of the record
public record InventoryChange(String host, boolean added, String before, List<String> after) {}
