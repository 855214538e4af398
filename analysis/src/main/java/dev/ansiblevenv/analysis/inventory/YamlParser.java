package dev.ansiblevenv.analysis.inventory;

import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads a YAML inventory by the rules of Ansible's [yaml
/// plugin](https://github.com/ansible/ansible/blob/devel/lib/ansible/plugins/inventory/yaml.py). A
/// key that is there twice is an error here, where Ansible warns and takes the last.
final class YamlParser {

  private static final Set<String> SECTIONS = Set.of("vars", "children", "hosts");

  private final YamlEdit document;
  private final InventoryData data;
  private final List<YamlInventory.HostEntry> hostEntries = new ArrayList<>();

  private YamlParser(InventoryData data, YamlEdit document) {
    this.data = data;
    this.document = document;
  }

  /// @throws InvalidInput where Ansible would not read the file; names file:line:column
  static YamlInventory read(InventoryData data, String place, YamlEdit document, MappingNode root) {
    var parser = new YamlParser(data, document);
    parser.requireUniqueKeys(root, new HashSet<>());
    for (var group : parser.entries(root).values()) {
      parser.group(group, List.of());
    }
    return new YamlInventory(place, document, data, parser.hostEntries);
  }

  /// The keys that a mapping itself has.
  static List<String> keys(@Nullable Node node) {
    if (!(node instanceof MappingNode mapping)) {
      return List.of();
    }
    return mapping.getValue().stream()
        .map(entry -> String.valueOf(YamlValue.of(entry.getKeyNode())))
        .toList();
  }

  private void requireUniqueKeys(Node node, Set<Node> seen) {
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case MappingNode mapping -> {
        var keys = new HashSet<@Nullable Object>();
        for (var entry : mapping.getValue()) {
          if (!keys.add(YamlValue.of(entry.getKeyNode()))) {
            throw invalid(
                entry.getKeyNode(),
                "the key `" + YamlValue.of(entry.getKeyNode()) + "` is there twice");
          }
          requireUniqueKeys(entry.getValueNode(), seen);
        }
      }
      case SequenceNode sequence ->
          sequence.getValue().forEach(item -> requireUniqueKeys(item, seen));
      default -> {}
    }
  }

  /// Entries by key; one that overrides a merged one stands at the place of the merged.
  private Map<String, NodeTuple> entries(MappingNode mapping) {
    var entries = new LinkedHashMap<String, NodeTuple>();
    for (var entry : YamlValue.entries(mapping)) {
      if (!(entry.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
        throw invalid(
            entry.getKeyNode(), "names of groups, hosts and variables have to be text: quote it");
      }
      entries.put(key.getValue(), entry);
    }
    return entries;
  }

  private String group(NodeTuple entry, List<Object> parent) {
    var name = ((ScalarNode) entry.getKeyNode()).getValue();
    var node = entry.getValueNode();
    if (!isNull(node) && !(node instanceof MappingNode)) {
      return name;
    }
    at(entry.getKeyNode(), () -> data.addGroup(name));
    if (node instanceof MappingNode mapping) {
      var path = new ArrayList<>(parent);
      path.add(name);
      var sections = entries(mapping);
      sections.forEach((key, section) -> requireMapping(key, section.getValueNode()));
      sections.forEach((key, section) -> section(name, key, section.getValueNode(), path));
    }
    return name;
  }

  private void requireMapping(String key, Node node) {
    boolean valid =
        node instanceof MappingNode
            || (node instanceof ScalarNode && (isNull(node) || node.getTag().equals(Tag.STR)));
    if (SECTIONS.contains(key) && !valid) {
      throw invalid(node, "`" + key + "` of a group has to be a mapping");
    }
  }

  private void section(String group, String key, Node node, List<Object> groupPath) {
    var path = new ArrayList<>(groupPath);
    path.add(key);
    if (node instanceof ScalarNode only && SECTIONS.contains(key) && !isNull(node)) {
      switch (key) {
        case "hosts" -> host(group, only, null, path);
        case "vars" -> at(only, () -> data.setVariable(group, only.getValue(), null));
        default -> {
          at(only, () -> data.addGroup(only.getValue()));
          at(only, () -> data.addChild(group, only.getValue()));
        }
      }
    } else if (node instanceof MappingNode mapping && SECTIONS.contains(key)) {
      for (var entry : entries(mapping).entrySet()) {
        var tuple = entry.getValue();
        switch (key) {
          case "hosts" -> host(group, (ScalarNode) tuple.getKeyNode(), tuple.getValueNode(), path);
          case "vars" ->
              at(
                  tuple.getKeyNode(),
                  () ->
                      data.setVariable(group, entry.getKey(), YamlValue.of(tuple.getValueNode())));
          default -> {
            var child = group(tuple, path);
            at(tuple.getKeyNode(), () -> data.addChild(group, child));
          }
        }
      }
    }
  }

  private void host(String group, ScalarNode key, @Nullable Node node, List<Object> path) {
    var value = YamlValue.of(node);
    if (!isFalse(value) && !(node instanceof MappingNode)) {
      throw invalid(node == null ? key : node, "the variables of a host have to be a mapping");
    }
    at(
        key,
        () -> {
          var pattern = HostPattern.parse(key.getValue());
          boolean carries = false;
          for (var host : pattern.hosts()) {
            data.addHost(host, group, pattern.port());
            if (node instanceof MappingNode mapping) {
              entries(mapping)
                  .forEach((name, entry) ->
                      data.setVariable(host, name, YamlValue.of(entry.getValueNode())));
              carries = entries(mapping).containsKey(Inventory.VARIABLE);
            }
          }
          hostEntries.add(
              new YamlInventory.HostEntry(path, key.getValue(), pattern.hosts(), carries));
        });
  }

  /// What Python takes for false.
  private static boolean isFalse(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Boolean truth -> !truth;
      case Number number -> number.doubleValue() == 0;
      case String text -> text.isEmpty();
      case List<?> list -> list.isEmpty();
      default -> false;
    };
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private void at(Node node, Runnable rule) {
    try {
      rule.run();
    } catch (IllegalArgumentException e) {
      throw invalid(node, String.valueOf(e.getMessage()));
    }
  }

  private InvalidInput invalid(Node node, String why) {
    return new InvalidInput(
        "is not a valid inventory",
        document.location(node).toString(),
        why,
        "`ansible-inventory --list` has to read it, too");
  }
}
