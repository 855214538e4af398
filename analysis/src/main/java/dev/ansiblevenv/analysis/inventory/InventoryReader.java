package dev.ansiblevenv.analysis.inventory;

import dev.ansiblevenv.analysis.yaml.Value;
import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Finds out, in Ansible's own order, what an inventory file is: YAML first if the name allows it,
/// and INI if that fails.
public final class InventoryReader {

  private InventoryReader() {}

  /// @param place the file's name, whose extension decides, as shown in errors
  /// @throws InvalidInput when Ansible would not read it, or would read it by running something
  public static Inventory read(String place, String text) {
    var data = new InventoryData();
    var read = read(data, place, text);
    data.reconcile();
    return read;
  }

  /// Adds one of several sources to what the sources before it say. The caller calls
  /// [InventoryData#reconcile] after the last one.
  ///
  /// @throws InvalidInput as above; `data` may hold a part of the file then
  public static Inventory read(InventoryData data, String place, String text) {
    if (text.startsWith(Value.Vault.HEADER)) {
      throw refused(
          place, "it is encrypted with ansible-vault", "encrypt single variables instead");
    }
    var extension = place.substring(place.lastIndexOf('/') + 1);
    extension = extension.contains(".") ? extension.substring(extension.lastIndexOf('.')) : "";
    return switch (extension) {
      case ".toml" -> throw refused(place, "it is TOML", "write it as INI or YAML");
      case ".yml", ".yaml", ".json" -> named(data, place, text);
      case "" -> unnamed(data, place, text);
      default -> IniParser.read(data, place, text);
    };
  }

  private static Inventory named(InventoryData data, String place, String text) {
    InvalidInput wrong;
    try {
      var document = document(place, text);
      if (document.root() instanceof MappingNode root && !root.getValue().isEmpty()) {
        return mapping(data, place, document, root);
      }
      var where = document.root() == null ? place : document.location(document.root()).toString();
      wrong =
          new InvalidInput(
              "is not a valid inventory", where, "it is not a mapping, or an empty one", "");
    } catch (InvalidInput e) {
      wrong = e;
    }
    try {
      return IniParser.read(data, place, text);
    } catch (InvalidInput notIni) {
      wrong.addSuppressed(notIni);
      throw wrong;
    }
  }

  private static Inventory unnamed(InventoryData data, String place, String text) {
    YamlEdit document;
    try {
      document = document(place, text);
    } catch (InvalidInput notYaml) {
      return ini(data, place, text, notYaml);
    }
    // As Ansible's plugin `yaml`, which leaves an empty mapping to `ini`.
    return document.root() instanceof MappingNode root && !root.getValue().isEmpty()
        ? mapping(data, place, document, root)
        : IniParser.read(data, place, text);
  }

  private static Inventory ini(
      InventoryData data, String place, String text, InvalidInput notYaml) {
    try {
      return IniParser.read(data, place, text);
    } catch (InvalidInput notIni) {
      if (text.stripLeading().startsWith("---") || text.stripLeading().startsWith("{")) {
        throw notYaml;
      }
      throw notIni;
    }
  }

  private static YamlEdit document(String place, String text) {
    return YamlEdit.of(place, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Inventory mapping(
      InventoryData data, String place, YamlEdit document, MappingNode root) {
    for (var entry : root.getValue()) {
      if ("plugin".equals(YamlValue.of(entry.getKeyNode()))) {
        throw refused(
            place,
            "it is the configuration of the inventory plugin `"
                + YamlValue.of(entry.getValueNode())
                + "`",
            "name a static inventory file");
      }
    }
    return YamlParser.read(data, place, document, root);
  }

  public static InvalidInput refused(String place, String why, String next) {
    return new InvalidInput("cannot be edited as an inventory", place, why, next);
  }
}
