package dev.ansiblevenv.analysis.canonical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A canonical text as the tree that it shows. Comparing two costs little where they differ, as
/// each knows its hash.
///
/// @param value what stands behind the key or dash, in one line: a scalar, `[]`, `{}` or a tag
/// @param labels the key of each child, `-` for each item of a list
record Outline(String value, List<String> labels, List<Outline> children, int hash) {

  private static final String ITEM = "-";

  static Outline parse(String text) {
    var lines = text.lines().toList();
    if (lines.isEmpty()) {
      return leaf("");
    }
    return new Parser(lines).root();
  }

  static Outline leaf(String value) {
    return of(value, List.of(), List.of());
  }

  private static Outline of(String value, List<String> labels, List<Outline> children) {
    int hash = 31 * (31 * value.hashCode() + labels.hashCode()) + children.hashCode();
    return new Outline(value, labels, children, hash);
  }

  boolean isList() {
    return (!labels.isEmpty() && labels.getFirst().equals(ITEM)) || value.equals("[]");
  }

  boolean isMapping() {
    return (!labels.isEmpty() && !labels.getFirst().equals(ITEM)) || value.equals("{}");
  }

  /// The children of a mapping by their keys.
  SequencedMap<String, Outline> entries() {
    var entries = new LinkedHashMap<String, Outline>();
    for (int i = 0; i < labels.size(); i++) {
      entries.put(labels.get(i), children.get(i));
    }
    return entries;
  }

  /// The name that a task or play carries.
  @Nullable Outline name() {
    int place = labels.indexOf("name");
    return place < 0 ? null : children.get(place);
  }

  /// In one line, for people.
  String summary() {
    if (children.isEmpty()) {
      return value;
    }
    var what = isList() ? "a list of " : "a mapping of ";
    return (value.isEmpty() ? "" : value + " ") + what + children.size();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Outline outline
            && hash == outline.hash
            && value.equals(outline.value)
            && labels.equals(outline.labels)
            && children.equals(outline.children));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private static final class Parser {

    private final List<String> lines;
    private int next;

    Parser(List<String> lines) {
      this.lines = lines;
    }

    Outline root() {
      var first = lines.getFirst();
      if (labelEnd(first, 0) >= 0) {
        return children("", 0);
      }
      next = 1;
      return first.endsWith("|") ? block(first, 0) : children(first, 0);
    }

    private Outline children(String value, int indent) {
      var labels = new ArrayList<String>();
      var children = new ArrayList<Outline>();
      while (next < lines.size() && indentOf(lines.get(next)) == indent) {
        var line = lines.get(next++);
        int end = labelEnd(line, indent);
        if (end < 0) {
          throw new IllegalArgumentException("not a line of a canonical form: " + line);
        }
        var label = line.charAt(indent) == '-' && end == indent + 1;
        labels.add(label ? ITEM : line.substring(indent, end - 1));
        var rest = line.substring(Math.min(line.length(), end + 1));
        children.add(
            rest.equals("|") || rest.endsWith(" |")
                ? block(rest, indent + 2)
                : children(rest, indent + 2));
      }
      return of(value, labels, children);
    }

    /// The lines of a string, put together again.
    private Outline block(String opening, int indent) {
      var text = new StringBuilder(opening);
      text.setCharAt(opening.length() - 1, '"');
      while (next < lines.size() && indentOf(lines.get(next)) == indent) {
        var line = lines.get(next++);
        text.append(line, indent + 1, line.length() - 1);
      }
      return leaf(text.append('"').toString());
    }

    private static int indentOf(String line) {
      int indent = 0;
      while (indent < line.length() && line.charAt(indent) == ' ') {
        indent++;
      }
      return indent;
    }

    /// Behind the dash or the colon, or -1 for a line that has neither.
    private static int labelEnd(String line, int indent) {
      if (line.startsWith("- ", indent) || line.substring(indent).equals("-")) {
        return indent + 1;
      }
      boolean quoted = false;
      for (int i = indent; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (c == ':' && !quoted && (i + 1 == line.length() || line.charAt(i + 1) == ' ')) {
          return i + 1;
        }
      }
      return -1;
    }
  }
}
