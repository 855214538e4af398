package dev.ansiblevenv.analysis.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A mapping with scalar keys, its merge keys (`<<`) applied as YAML 1.1 says: what stands in the
/// mapping itself wins over what is merged, and of two merged mappings the first wins. Of equal
/// keys the last wins, as in Ansible.
public final class YamlMapping {

  /// One key and its value.
  public record Entry(ScalarNode keyNode, Node value) {

    public String key() {
      return keyNode.getValue();
    }

    /// 1-based
    public int line() {
      return lineOf(keyNode);
    }
  }

  private final MappingNode node;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private YamlMapping(MappingNode node) {
    this.node = node;
  }

  /// @return null when the node is no mapping
  public static @Nullable YamlMapping of(@Nullable Node node) {
    if (!(node instanceof MappingNode mappingNode)) {
      return null;
    }
    var mapping = new YamlMapping(mappingNode);
    Set<Node> merging = Collections.newSetFromMap(new IdentityHashMap<>());
    mapping.merge(mappingNode, true, merging);
    return mapping;
  }

  private void merge(MappingNode from, boolean own, Set<Node> merging) {
    if (!merging.add(from)) {
      return;
    }
    var merges = new ArrayList<Node>();
    for (var tuple : from.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (key.getTag().equals(Tag.MERGE)) {
          merges.add(tuple.getValueNode());
        } else if (own) {
          entries.put(key.getValue(), new Entry(key, tuple.getValueNode()));
        } else {
          entries.putIfAbsent(key.getValue(), new Entry(key, tuple.getValueNode()));
        }
      }
    }
    for (var merged : merges) {
      for (var each : merged instanceof SequenceNode list ? list.getValue() : List.of(merged)) {
        if (each instanceof MappingNode source) {
          merge(source, false, merging);
        }
      }
    }
  }

  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  public @Nullable Node get(String key) {
    var entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /// @return the scalar's text, or null where the key is absent, null or no scalar
  public @Nullable String text(String key) {
    return text(get(key));
  }

  /// 1-based line of the mapping
  public int line() {
    return lineOf(node);
  }

  /// @return the scalar's text, or null where the node is absent, null or no scalar
  public static @Nullable String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? scalar.getValue()
        : null;
  }

  /// @return the items of a sequence, or no items
  public static List<Node> items(@Nullable Node node) {
    return node instanceof SequenceNode list ? list.getValue() : List.of();
  }

  /// 1-based
  public static int lineOf(Node node) {
    var mark = node.getStartMark();
    return mark == null ? 0 : mark.getLine() + 1;
  }
}
