package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.Location;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/// Where nodes stand, as people count.
public final class Nodes {

  private Nodes() {}

  /// The place where a node starts. For the value of an alias that is the anchor's place.
  public static Location location(String file, Node node) {
    return location(file, node.getStartMark());
  }

  static Location location(String file, Mark mark) {
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  static String at(String file, Node node) {
    return location(file, node).toString();
  }
}
