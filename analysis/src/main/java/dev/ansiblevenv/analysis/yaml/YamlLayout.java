package dev.ansiblevenv.analysis.yaml;

import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Where nodes stand in their text, in offsets of Java characters.
///
/// A mark at the end of a block collection stands at the next token, behind comments that do not
/// belong to the collection, and a node behind an alias has the marks of its anchor. The ends here
/// are those of the last character that belongs to the node as written at this place.
final class YamlLayout {

  private final String text;

  YamlLayout(String text) {
    this.text = text;
  }

  int start(Node node) {
    return offset(node.getStartMark());
  }

  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  /// Whether the node that is written behind `from` is an alias.
  boolean isAlias(Node node, int from) {
    return start(node) < from;
  }

  static boolean isFlow(Node node) {
    return node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() == FlowStyle.FLOW;
  }

  static boolean isBlock(Node node) {
    return node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() != FlowStyle.FLOW;
  }

  /// @param from the end of what is written before the node
  int end(Node node, int from) {
    if (isAlias(node, from)) {
      int end = content(from);
      while (end < text.length() && " \t\r\n,]}".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      return end;
    }
    return switch (node) {
      case SequenceNode sequence when isBlock(sequence) -> {
        int end = start(sequence);
        for (var item : sequence.getValue()) {
          end = end(item, end);
        }
        yield end;
      }
      case MappingNode mapping when isBlock(mapping) -> {
        int end = start(mapping);
        for (var entry : mapping.getValue()) {
          end = end(entry.getValueNode(), end(entry.getKeyNode(), end));
        }
        yield end;
      }
      default -> offset(node.getEndMark());
    };
  }

  static boolean isBlockScalar(Node node) {
    return node instanceof ScalarNode scalar
        && switch (scalar.getScalarStyle()) {
          case LITERAL, FOLDED -> true;
          default -> false;
        };
  }

  /// The first character at or behind `from` that is not white space, comment, or an indicator
  /// between nodes.
  int content(int from) {
    int i = skipBlank(from);
    while (i < text.length() && ":-,?".indexOf(text.charAt(i)) >= 0) {
      i = skipBlank(i + 1);
    }
    return i;
  }

  /// The first character at or behind `from` that is neither white space nor comment.
  int skipBlank(int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '#') {
        i = lineEnd(i);
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        i++;
      } else {
        break;
      }
    }
    return i;
  }

  int lineStart(int offset) {
    int i = offset;
    while (i > 0 && text.charAt(i - 1) != '\n' && text.charAt(i - 1) != '\r') {
      i--;
    }
    return i;
  }

  /// Before the line break.
  int lineEnd(int offset) {
    int i = offset;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /// Behind the line break.
  int nextLine(int offset) {
    int i = lineEnd(offset);
    if (text.startsWith("\r\n", i)) {
      return i + 2;
    }
    return Math.min(i + 1, text.length());
  }

  /// Before the line break that precedes the line of `offset`.
  int previousLineEnd(int offset) {
    int i = lineStart(offset);
    if (i >= 2 && text.startsWith("\r\n", i - 2)) {
      return i - 2;
    }
    return Math.max(i - 1, 0);
  }

  boolean isFirstOnLine(int offset) {
    return text.substring(lineStart(offset), offset).isBlank();
  }

  int column(int offset) {
    return text.codePointCount(lineStart(offset), offset);
  }

  String lineBreak() {
    int i = lineEnd(0);
    return text.startsWith("\r\n", i) ? "\r\n" : text.startsWith("\r", i) ? "\r" : "\n";
  }
}
