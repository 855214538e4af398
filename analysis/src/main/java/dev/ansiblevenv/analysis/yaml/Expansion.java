package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Keeps a document small enough to be walked with all of its aliases replaced by what they stand
/// for, so that no reader of nodes has to fear an alias bomb or a cycle.
///
/// Takes time linear in the document as written.
final class Expansion {

  /// How much aliases may add, in characters and nodes.
  private static final long MAXIMUM_GROWTH = 10_000_000;

  private record Extent(long size, int depth) {}

  private final String file;
  private final long maximumSize;
  private final IdentityHashMap<Node, Extent> anchored = new IdentityHashMap<>();
  private final Set<Node> open = new HashSet<>();

  private Expansion(String file, long maximumSize) {
    this.file = file;
    this.maximumSize = maximumSize;
  }

  /// @param written characters of the document as written
  /// @throws InvalidInput when an alias stands inside what it stands for, or when the document
  ///   without aliases would be too large or too deep
  static void requireBounded(String file, Node root, int written) {
    new Expansion(file, 2L * written + MAXIMUM_GROWTH).extent(root);
  }

  private Extent extent(Node node) {
    if (node.getAnchor() == null) {
      return measure(node);
    }
    var known = anchored.get(node);
    if (known != null) {
      return known;
    }
    if (!open.add(node)) {
      throw new InvalidInput(
          "is not valid YAML",
          Nodes.at(file, node),
          "the alias *" + node.getAnchor() + " stands inside what it stands for",
          "write the inner value out");
    }
    var extent = measure(node);
    open.remove(node);
    anchored.put(node, extent);
    return extent;
  }

  private Extent measure(Node node) {
    long size = 1;
    int depth = 0;
    if (node instanceof ScalarNode scalar) {
      size += scalar.getValue().length();
    } else if (node instanceof SequenceNode sequence) {
      for (var item : sequence.getValue()) {
        var extent = extent(item);
        size += extent.size;
        depth = Math.max(depth, extent.depth);
      }
    } else if (node instanceof MappingNode mapping) {
      for (var entry : mapping.getValue()) {
        var key = extent(entry.getKeyNode());
        var value = extent(entry.getValueNode());
        size += key.size + value.size;
        depth = Math.max(depth, Math.max(key.depth, value.depth));
      }
    } else {
      throw new IllegalStateException(node.toString());
    }
    if (size > maximumSize) {
      throw new InvalidInput(
          "is too large with its aliases written out",
          Nodes.at(file, node),
          "it would have more than " + maximumSize + " characters",
          "repeat large values less often");
    }
    if (depth >= YamlReader.MAXIMUM_DEPTH) {
      throw YamlReader.tooDeep(Nodes.at(file, node));
    }
    return new Extent(size, depth + 1);
  }
}
