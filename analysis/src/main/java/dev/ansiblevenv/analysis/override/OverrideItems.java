package dev.ansiblevenv.analysis.override;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import dev.ansiblevenv.analysis.requirement.GalaxyCollection;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.analysis.yaml.Nodes;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Reads what stands below `add`, `exclude` and `constrain`.
final class OverrideItems {

  private static final Pattern COLLECTION = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*");
  private static final List<String> ADD =
      List.of("collections", "python_packages", "plugins", "roles");
  private static final List<String> OTHERS = List.of("collections", "python_packages");
  private static final List<String> SIDES = List.of("control", "managed-node", "both");
  private static final List<String> KINDS =
      Arrays.stream(PluginKind.values()).map(PluginKind::word).toList();
  private static final String CORE = "ansible-core";

  private final OverrideFields fields;
  private final BiConsumer<OverrideEntry, Node> found;

  OverrideItems(OverrideFields fields, BiConsumer<OverrideEntry, Node> found) {
    this.fields = fields;
    this.found = found;
  }

  void read(Action action, @Nullable Node node) {
    var keys = action == Action.ADD ? ADD : OTHERS;
    var section = fields.mapping(node, "`" + action.word() + "`", keys);
    if (section == null) {
      return;
    }
    for (var item : fields.items(section, "collections")) {
      found.accept(collection(action, item), item);
    }
    for (var item : fields.items(section, "python_packages")) {
      found.accept(pythonPackage(action, item), item);
    }
    for (var item : fields.items(section, "plugins")) {
      found.accept(plugin(item), item);
    }
    for (var item : fields.items(section, "roles")) {
      var line = YamlMapping.lineOf(item);
      found.accept(new OverrideEntry.Role(fields.file(), line, fields.text(item)), item);
    }
  }

  private OverrideEntry collection(Action action, Node item) {
    var line = YamlMapping.lineOf(item);
    var mapping =
        action == Action.EXCLUDE
            ? null
            : fields.textOrMapping(item, List.of("name", "version", "source"));
    var name = mapping == null ? fields.text(item) : fields.text(mapping, item, "name");
    if (!COLLECTION.matcher(name).matches()) {
      throw fields.invalid(
          item,
          "`" + name + "` is no collection",
          "write `namespace.name`, and a version range as its own key `version`");
    }
    var version = mapping == null ? "" : fields.optional(mapping, "version");
    var source = mapping == null ? "" : fields.optional(mapping, "source");
    if (action == Action.CONSTRAIN && version.isEmpty() && source.isEmpty()) {
      throw fields.invalid(item, "`" + name + "` has neither `version` nor `source`", "");
    }
    return new OverrideEntry.Collection(
        action,
        fields.file(),
        new GalaxyCollection(name, version.isEmpty() ? "*" : version, source, "galaxy", line));
  }

  private OverrideEntry pythonPackage(Action action, Node item) {
    var mapping =
        action == Action.ADD ? fields.textOrMapping(item, List.of("requirement", "side")) : null;
    var text = mapping == null ? fields.text(item) : fields.text(mapping, item, "requirement");
    var side = mapping == null ? "" : fields.optional(mapping, "side");
    if (!side.isEmpty() && !SIDES.contains(side)) {
      throw fields.unknown(item, "side", side, SIDES);
    }
    var requirement = PackageRequirement.parse(text, Nodes.location(fields.file(), item));
    var bounds = requirement.specifier() + requirement.extras();
    if (action == Action.EXCLUDE && !(bounds + requirement.marker()).isEmpty()) {
      throw fields.invalid(item, "`" + text + "` is more than a package's name", "");
    }
    if (action == Action.EXCLUDE && requirement.name().equals(CORE)) {
      throw fields.invalid(item, "no playbook runs without ansible-core", "remove it");
    }
    if (action == Action.CONSTRAIN && bounds.isEmpty()) {
      throw fields.invalid(
          item, "`" + text + "` bounds nothing", "add a version, such as `" + text + "<3`");
    }
    return new OverrideEntry.PythonPackage(
        action,
        fields.file(),
        YamlMapping.lineOf(item),
        requirement,
        side.isEmpty() ? SIDES.getFirst() : side);
  }

  private OverrideEntry plugin(Node item) {
    var mapping = fields.textOrMapping(item, List.of("name", "kind"));
    var name = mapping == null ? fields.text(item) : fields.text(mapping, item, "name");
    var word = mapping == null ? "" : fields.optional(mapping, "kind");
    if (!Catalogue.isFullyQualified(name)) {
      throw fields.invalid(
          item, "`" + name + "` is no plugin's full name", "write `namespace.collection.name`");
    }
    var kind =
        Arrays.stream(PluginKind.values())
            .filter(candidate -> candidate.word().equals(word))
            .findFirst()
            .or(() -> Optional.of(PluginKind.MODULE).filter(_ -> word.isEmpty()))
            .orElseThrow(() -> fields.unknown(item, "kind", word, KINDS));
    return new OverrideEntry.Plugin(fields.file(), YamlMapping.lineOf(item), kind, name);
  }
}
