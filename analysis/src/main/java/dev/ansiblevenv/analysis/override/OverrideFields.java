package dev.ansiblevenv.analysis.override;

import dev.ansiblevenv.analysis.catalogue.EditDistance;
import dev.ansiblevenv.analysis.yaml.Nodes;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The typed values of an `ansible-venv.yml`. Every error names file:line:column; an unknown word
/// is answered with the nearest known one.
///
/// @param file closure-relative
record OverrideFields(String file) {

  /// @return null where the node is absent or null
  @Nullable YamlMapping mapping(@Nullable Node node, String what, List<String> keys) {
    var mapping = anyMapping(node, what);
    if (mapping != null) {
      for (var entry : mapping.entries()) {
        if (!keys.contains(entry.key())) {
          throw unknown(entry.keyNode(), "key", entry.key(), keys);
        }
      }
    }
    return mapping;
  }

  @Nullable YamlMapping anyMapping(YamlMapping parent, String key) {
    return anyMapping(parent.get(key), "`" + key + "`");
  }

  private @Nullable YamlMapping anyMapping(@Nullable Node node, String what) {
    if (node == null || isNull(node)) {
      return null;
    }
    var mapping = YamlMapping.of(node);
    if (mapping == null) {
      throw invalid(node, what + " is not a mapping", "");
    }
    return mapping;
  }

  /// An item that is a text or has these keys.
  ///
  /// @return null for a text
  @Nullable YamlMapping textOrMapping(Node item, List<String> keys) {
    return item instanceof MappingNode ? mapping(item, "an item", keys) : null;
  }

  List<Node> items(YamlMapping parent, String key) {
    var node = parent.get(key);
    if (node == null || isNull(node)) {
      return List.of();
    }
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    throw invalid(node, "`" + key + "` is not a list", "begin each of its items with `- `");
  }

  String text(Node item) {
    var text = YamlMapping.text(item);
    if (text == null || text.isBlank()) {
      throw invalid(item, "an item is not a text", "");
    }
    return text.strip();
  }

  String text(YamlMapping mapping, Node at, String key) {
    var node = mapping.get(key);
    if (node == null) {
      throw invalid(at, "the key `" + key + "` is missing", "");
    }
    return text(node);
  }

  String optional(YamlMapping mapping, String key) {
    var node = mapping.get(key);
    return node == null || isNull(node) ? "" : text(node);
  }

  InvalidInput unknown(Node at, String what, String word, List<String> known) {
    var nearest =
        known.stream()
            .min(
                Comparator.comparingInt(
                    candidate -> EditDistance.between(word, candidate, word.length())))
            .filter(candidate ->
                EditDistance.between(word, candidate, word.length())
                    <= Math.max(1, word.length() / 2));
    var all = "here stand: " + String.join(", ", known);
    return invalid(
        at,
        "unknown " + what + " `" + word + "`",
        nearest.map(near -> "did you mean `" + near + "`? " + all).orElse(all));
  }

  InvalidInput invalid(Node at, String why, String next) {
    return new InvalidInput("is not valid", Nodes.location(file, at).toString(), why, next);
  }

  private static boolean isNull(Node node) {
    return !(node instanceof MappingNode)
        && !(node instanceof SequenceNode)
        && YamlMapping.text(node) == null;
  }
}
