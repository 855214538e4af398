package dev.ansiblevenv.analysis.inventory;

import java.util.List;

/// An inventory file as read: what it says, and how it would read with one variable changed.
public sealed interface Inventory permits IniInventory, YamlInventory {

  /// The variable that this program keeps in inventories.
  String VARIABLE = "installed_venvs";

  /// The file's name, as shown in errors.
  String place();

  String text();

  InventoryData data();

  /// The file's text with the variable of a host of it set to these names. The text is a candidate:
  /// [InventoryEdit] proves that it changes nothing else.
  String with(String host, List<String> venvs);

  /// The file's text with a new ungrouped host.
  String withNew(String host, List<String> venvs);

  /// How the file names a host.
  enum Entry {
    /// Not at all.
    NONE,
    /// In a range only.
    RANGE,
    /// In an entry of its own.
    OWN,
    /// In an entry that sets the variable.
    WITH_VARIABLE
  }

  Entry entry(String host);

  /// The inventory plugin of Ansible that reads the file.
  String plugin();

  /// The place of the host's own value, or else of its first entry, for errors.
  String placeOf(String host);
}
