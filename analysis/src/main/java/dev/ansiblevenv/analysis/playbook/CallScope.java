package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// The extra variables of the call as the reader of one closure sees them, and what they decided
/// there.
final class CallScope {

  private final Map<String, Value> values = new HashMap<>();
  private final NavigableSet<String> read = new TreeSet<>();
  private final NavigableSet<String> decided = new TreeSet<>();
  private int reads;

  CallScope(CallVariables variables) {
    variables.values().forEach((name, value) -> values.put(name, value(value)));
  }

  /// @return null for a variable that the call does not set
  @Nullable Value get(String name) {
    return values.get(name);
  }

  /// Notes that the variable's value was used.
  void note(String name) {
    read.add(name);
    reads++;
  }

  /// How many times values were used so far.
  int reads() {
    return reads;
  }

  /// Notes that the call's variables made these names of plugins or roles.
  void decide(List<String> names) {
    names.stream().filter(FileSearch::isKnown).forEach(decided::add);
  }

  boolean decides(String name) {
    return decided.contains(name);
  }

  /// The variables whose values were used to find a file, a host, a role or a plugin.
  NavigableSet<String> read() {
    return read;
  }

  /// The names of plugins and roles that would be others with other variables.
  NavigableSet<String> decided() {
    return decided;
  }

  /// A value of JSON or of an inventory.
  static Value value(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && isTagged(map)) {
      return map.get("__ansible_unsafe") instanceof String text
          ? new Value.Text(text)
          : Value.UNKNOWN;
    }
    return new Value.Data(node(value));
  }

  private static boolean isTagged(Map<?, ?> map) {
    return map.size() == 1
        && (map.containsKey("__ansible_vault") || map.containsKey("__ansible_unsafe"));
  }

  private static Node node(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      if (isTagged(map)) {
        return scalar(new Tag("!unsafe"), "");
      }
      var tuples = new ArrayList<NodeTuple>();
      map.forEach((key, item) ->
          tuples.add(new NodeTuple(scalar(Tag.STR, String.valueOf(key)), node(item))));
      return new MappingNode(Tag.MAP, tuples, FlowStyle.FLOW);
    }
    if (value instanceof List<?> list) {
      return new SequenceNode(Tag.SEQ, list.stream().map(CallScope::node).toList(), FlowStyle.FLOW);
    }
    return switch (value) {
      case null -> scalar(Tag.NULL, "null");
      case Boolean truth -> scalar(Tag.BOOL, truth ? "True" : "False");
      case Number number -> scalar(Tag.INT, number.toString());
      default -> scalar(Tag.STR, value.toString());
    };
  }

  static Node text(String text) {
    return scalar(Tag.STR, text);
  }

  private static ScalarNode scalar(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }
}
