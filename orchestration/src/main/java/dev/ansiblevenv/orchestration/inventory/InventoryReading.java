package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.HostPattern;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.orchestration.inventory.UserInventory.SourceFile;
import dev.ansiblevenv.orchestration.store.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Merges the sources of an inventory, file by file, in Ansible's order.
final class InventoryReading {

  private final Path project;
  private final AnsibleSettings settings;

  InventoryReading(Path project, AnsibleSettings settings) {
    this.project = project;
    this.settings = settings;
  }

  /// The texts of all files of the sources; a source that is a list of hosts has none.
  ///
  /// @throws InvalidInput when a source is not there
  Map<Path, String> texts(InventorySources sources) {
    var texts = new LinkedHashMap<Path, String>();
    for (var source : sources.sources()) {
      if (InventorySources.isHostList(source)) {
        continue;
      }
      for (var file : files(Path.of(source))) {
        texts.put(file, TextFile.read(file, name(file)));
      }
    }
    return texts;
  }

  private List<Path> files(Path source) {
    if (Files.isDirectory(source)) {
      return SourceFiles.of(settings).in(source);
    }
    if (!Files.exists(source)) {
      throw new InvalidInput(
          "cannot read the inventory",
          name(source),
          "there is no such file",
          "a list of hosts has a comma: `" + source.getFileName() + ",`");
    }
    return List.of(source);
  }

  /// @param texts of all files, as [#texts] gives them; some may be changed
  /// @throws InvalidInput when a file is not an inventory; names file:line
  UserInventory read(InventorySources sources, Map<Path, String> texts) {
    var data = new InventoryData();
    var files = new ArrayList<SourceFile>();
    var notes = new ArrayList<String>();
    for (var source : sources.sources()) {
      if (InventorySources.isHostList(source)) {
        addHosts(data, source);
        continue;
      }
      for (var file : files(Path.of(source))) {
        var text = texts.get(file);
        var read = text == null ? null : read(data, file, text, sources, notes);
        if (read != null) {
          files.add(read);
        }
      }
    }
    data.reconcile();
    return new UserInventory(project, sources, data, files, notes);
  }

  private @Nullable SourceFile read(
      InventoryData data, Path file, String text, InventorySources sources, List<String> notes) {
    var name = name(file);
    try {
      if (isProgram(file, text)) {
        throw InventoryReader.refused(
            name, "it is a program that makes an inventory", "name a static inventory file");
      }
      return new SourceFile(file, InventoryReader.read(data, name, text));
    } catch (InvalidInput e) {
      if (sources.isNamed() || name.startsWith(SourceLookup.NEW) && !isProgram(file, text)) {
        throw e;
      }
      notes.add("`" + name + "` is not used as inventory, since nobody named it: " + e.why());
      return null;
    }
  }

  static boolean isProgram(Path file, String text) {
    return text.startsWith("#!") && Files.isExecutable(file);
  }

  private static void addHosts(InventoryData data, String list) {
    for (var each : list.split(",", -1)) {
      var text = each.strip();
      if (text.isEmpty()) {
        continue;
      }
      try {
        var pattern = HostPattern.parse(text);
        pattern.hosts().forEach(host -> data.addHost(host, "ungrouped", pattern.port()));
      } catch (IllegalArgumentException e) {
        data.addHost(text, "ungrouped", 0);
      }
    }
  }

  private String name(Path file) {
    return UserInventory.name(project, file);
  }
}
