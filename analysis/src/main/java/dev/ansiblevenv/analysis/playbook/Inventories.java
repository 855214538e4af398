package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.inventory.HostSelection;
import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The static inventories that the project's configuration names. One that a program or an
/// inventory plugin makes says nothing here.
final class Inventories {

  /// What Ansible passes over in a directory of inventories (`INVENTORY_IGNORE_EXTS`,
  /// `INVENTORY_IGNORE_PATTERNS`), and what it would run.
  private static final Pattern IGNORED =
      Pattern.compile(
          "\\..*|group_vars|host_vars|vars_plugins"
              + "|.*(\\.(pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry|py|sh)|~)");

  private static final Pattern PROGRAM = Pattern.compile(".*\\.(py|sh)");

  private final ProjectFiles files;
  private final Collected collected;
  private final Map<Path, Inventory> inventories = new LinkedHashMap<>();
  private final Map<Path, String> texts = new LinkedHashMap<>();
  private @Nullable InventoryData merged;
  private boolean isStatic = true;

  /// @param places files and directories of the project; others are passed over
  Inventories(ProjectFiles files, Collected collected, List<Path> places) {
    this.files = files;
    this.collected = collected;
    places.forEach(this::read);
  }

  private void read(Path place) {
    if (IGNORED.matcher(String.valueOf(place.getFileName())).matches()) {
      isStatic &= !PROGRAM.matcher(String.valueOf(place.getFileName())).matches();
    } else if (files.isDirectory(place)) {
      files.list(place).forEach(this::read);
    } else if (files.isFile(place)) {
      readFile(place);
    } else {
      isStatic = false;
    }
  }

  private void readFile(Path file) {
    var name = String.valueOf(files.name(file));
    var text = new String(files.read(file), StandardCharsets.UTF_8);
    if (text.startsWith("#!")) {
      isStatic = false;
      return;
    }
    try {
      inventories.put(file, InventoryReader.read(name, text));
      texts.put(file, text);
    } catch (InvalidInput e) {
      collected.finding(new Site(name, 0), "closure[inventory]", e.what() + ": " + e.why(), false);
      isStatic = false;
    }
  }

  /// The directories whose `group_vars/` and `host_vars/` belong to the inventories.
  List<Path> directories() {
    return inventories.keySet().stream().map(Place::directory).distinct().toList();
  }

  /// Whether there are inventories, and what they say was read of all of them.
  boolean areStatic() {
    return isStatic && !inventories.isEmpty();
  }

  /// The hosts that a pattern of a play means, none where that cannot be told. Ansible makes
  /// `localhost` by itself.
  Set<String> hosts(String pattern) {
    if (areStatic()) {
      var selected = HostSelection.select(merged(), pattern);
      if (!selected.isEmpty()) {
        return selected;
      }
    }
    return Localhost.isLocal(pattern.strip()) && (areStatic() || inventories.isEmpty())
        ? Set.of(pattern.strip())
        : Set.of();
  }

  /// What all of them say together.
  InventoryData merged() {
    if (merged == null) {
      var data = new InventoryData();
      texts.forEach(
          (file, text) -> InventoryReader.read(data, String.valueOf(files.name(file)), text));
      data.reconcile();
      merged = data;
    }
    return merged;
  }

  /// A host of an inventory.
  ///
  /// @param file the inventory's closure-relative path
  record Placed(InventoryHost host, Inventory inventory, String file) {

    /// Where the host stands.
    Site site() {
      var parts = inventory.placeOf(host.name()).split(":", -1);
      var isLine = parts.length > 1 && parts[1].matches("[0-9]{1,9}");
      return new Site(file, isLine ? Integer.parseInt(parts[1]) : 0);
    }
  }

  /// @param pattern as a play's `hosts` has it
  List<Placed> select(String pattern) {
    var hosts = new ArrayList<Placed>();
    inventories.forEach((file, inventory) -> {
      var data = inventory.data();
      var name = String.valueOf(files.name(file));
      for (var host : HostSelection.select(data, pattern)) {
        hosts.add(new Placed(data.seen(host), inventory, name));
      }
    });
    return hosts;
  }
}
