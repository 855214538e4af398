package dev.ansiblevenv.orchestration.inventory;

import java.util.List;

/// A host whose `installed_venvs` in the inventory are not those of its record.
///
/// @param host its name in the inventory, or the record's where it is to be added
/// @param kind what can be done about it
/// @param before what the inventory says, as text; empty for nothing
/// @param after the names of the record
/// @param place the file, or why none can be changed
public record InventoryChange(
    String host, Kind kind, String before, List<String> after, String place) {

  /// What can be done about a difference.
  public enum Kind {
    /// The value is set where the inventory has the host.
    SET,
    /// The host is added.
    ADDED,
    /// The place cannot be changed without changing something else.
    NOT_EDITABLE,
    /// The inventory does not have the host, or only a program knows it.
    NOWHERE
  }

  /// Whether the inventory says what the record says once it is written.
  public boolean isPossible() {
    return kind == Kind.SET || kind == Kind.ADDED;
  }

  /// In one line, where nothing can be written.
  public String obstacle() {
    return kind == Kind.NOWHERE
        ? "`installed_venvs` of `" + host + "` is not in the inventory: " + place
        : "the inventory keeps what it says of `" + host + "`: " + place;
  }
}
