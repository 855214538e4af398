package dev.ansiblevenv.analysis.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Finds where the nodes of a document are written.
final class YamlPlaces {

  private final YamlLayout layout;
  private final @Nullable Node root;

  YamlPlaces(YamlLayout layout, @Nullable Node root) {
    this.layout = layout;
    this.root = root;
  }

  /// A node as written at one place.
  ///
  /// @param start of what is written there: of the alias, where it is one
  /// @param before the end of what is written before it: of its key, for a value
  /// @param keyColumn column of its key; -1 at the root and in sequences
  /// @param step how much deeper than its parent's key its own key stands
  /// @param inFlow whether it stands inside a flow collection
  record Place(
      Node node,
      int start,
      int end,
      int before,
      boolean alias,
      int keyColumn,
      int step,
      boolean inFlow) {

    boolean isEmpty() {
      return start == end;
    }
  }

  @Nullable Place at(List<?> path) {
    if (root == null) {
      return null;
    }
    var place = new Place(root, layout.start(root), layout.end(root, 0), 0, false, -1, 2, false);
    for (var step : path) {
      if (place == null || place.alias()) {
        return null;
      }
      place = child(place, step);
    }
    return place;
  }

  @Nullable Place child(Place parent, Object step) {
    return switch (parent.node()) {
      case MappingNode mapping -> value(parent, mapping, step);
      case SequenceNode sequence when step instanceof Integer index ->
          item(parent, sequence, index);
      default -> null;
    };
  }

  private @Nullable Place value(Place parent, MappingNode mapping, Object name) {
    int end = layout.start(mapping);
    Place found = null;
    for (var entry : mapping.getValue()) {
      int keyStart =
          layout.isAlias(entry.getKeyNode(), end) ? end : layout.start(entry.getKeyNode());
      int keyEnd = layout.end(entry.getKeyNode(), end);
      var place = place(entry.getValueNode(), keyEnd, parent, layout.column(keyStart));
      end = place.end();
      if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
        found = place;
      }
    }
    return found;
  }

  private @Nullable Place item(Place parent, SequenceNode sequence, int index) {
    int end = layout.start(sequence);
    for (int i = 0; i < sequence.getValue().size(); i++) {
      var place = place(sequence.getValue().get(i), end, parent, -1);
      if (i == index) {
        return place;
      }
      end = place.end();
    }
    return null;
  }

  private Place place(Node node, int before, Place parent, int keyColumn) {
    boolean alias = layout.isAlias(node, before);
    int step =
        parent.keyColumn() >= 0 && keyColumn > parent.keyColumn()
            ? keyColumn - parent.keyColumn()
            : parent.step();
    return new Place(
        node,
        alias ? layout.content(before) : layout.start(node),
        layout.end(node, before),
        before,
        alias,
        keyColumn,
        step,
        parent.inFlow() || YamlLayout.isFlow(parent.node()));
  }
}
