package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// `<<`: what is merged stands before the mapping's own entries, so that the latter win; of several
/// mappings in a list the first wins, of several `<<` the last, as in PyYAML.
final class MergeKeys {

  private MergeKeys() {}

  /// The entries of a mapping without any `<<`, in PyYAML's order, still with duplicate keys.
  static List<NodeTuple> merged(String file, MappingNode node) {
    if (node.getValue().stream().noneMatch(MergeKeys::isMerge)) {
      return node.getValue();
    }
    var merged = new ArrayList<NodeTuple>();
    var own = new ArrayList<NodeTuple>();
    for (var entry : node.getValue()) {
      if (isMerge(entry)) {
        merged.addAll(merge(file, entry.getValueNode()));
      } else {
        own.add(entry);
      }
    }
    merged.addAll(own);
    return merged;
  }

  private static List<NodeTuple> merge(String file, Node value) {
    return switch (value) {
      case MappingNode mapping -> merged(file, mapping);
      case SequenceNode sequence -> {
        var entries = new ArrayList<NodeTuple>();
        for (var item : sequence.getValue().reversed()) {
          if (!(item instanceof MappingNode mapping)) {
            throw invalid(file, item, "expected a mapping to merge");
          }
          entries.addAll(merged(file, mapping));
        }
        yield entries;
      }
      default -> throw invalid(file, value, "expected a mapping or a list of mappings to merge");
    };
  }

  private static boolean isMerge(NodeTuple entry) {
    return entry.getKeyNode().getTag().equals(Tag.MERGE);
  }

  private static InvalidInput invalid(String file, Node node, String why) {
    return new InvalidInput("is not valid YAML", Nodes.at(file, node), why, "");
  }
}
