package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.analysis.yaml.YamlPlaces.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Candidates for the text of an edited document. Each keeps all characters outside of the edited
/// place; whether it means what was wanted is for [YamlEdit] to prove. Null where this way of
/// editing does not fit.
final class YamlSplice {

  private final String text;
  private final @Nullable Node root;
  private final YamlLayout layout;
  private final YamlPlaces places;
  private final YamlFormat format;

  YamlSplice(String text, @Nullable Node root) {
    this.text = text;
    this.root = root;
    this.layout = new YamlLayout(text);
    this.places = new YamlPlaces(layout, root);
    this.format = new YamlFormat(layout.lineBreak());
  }

  @Nullable String put(List<?> path, String key, @Nullable Object value, @Nullable String after) {
    if (root == null) {
      return path.isEmpty() ? insertLine(text.length(), format.entry(key, value, 0, 2)) : null;
    }
    var place = places.at(path);
    if (place == null) {
      return null;
    }
    if (place.alias()) {
      var merged =
          "{<<: " + written(place) + ", " + flowKey(key) + ": " + YamlFormat.flow(value) + "}";
      return splice(place.start(), place.end(), merged);
    }
    return switch (place.node()) {
      case MappingNode mapping -> putIntoMapping(place, mapping, key, value, after);
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) ->
          putIntoNull(place, key, value);
      default -> null;
    };
  }

  @Nullable String putFirst(List<?> path, String key, @Nullable Object value) {
    var place = places.at(path);
    if (place == null
        || place.alias()
        || !(place.node() instanceof MappingNode mapping)
        || YamlLayout.isFlow(mapping)
        || YamlEdit.child(mapping, key) != null) {
      return null;
    }
    int start = layout.start(mapping.getValue().getFirst().getKeyNode());
    int column = layout.column(start);
    var entry = format.entry(key, value, column, sequenceIndent(mapping, column));
    return splice(start, start, entry + layout.lineBreak() + " ".repeat(column));
  }

  @Nullable String replace(List<?> path, @Nullable Object value) {
    var place = places.at(path);
    return place == null || (YamlLayout.isBlock(place.node()) && !place.alias())
        ? null
        : splice(place.start(), place.end(), YamlFormat.flow(value));
  }

  @Nullable String append(List<?> path, Object item) {
    var place = places.at(path);
    if (place == null
        || place.alias()
        || !(place.node() instanceof SequenceNode sequence)
        || sequence.getValue().isEmpty()) {
      return place == null || path.isEmpty() ? null : replaceValue(place, List.of(item), 2);
    }
    if (YamlLayout.isFlow(sequence)) {
      int end = lastEnd(place, sequence.getValue().size() - 1);
      return splice(end, end, ", " + YamlFormat.flow(item));
    }
    int column = layout.column(layout.start(sequence));
    return insertAfter(
        sequence.getValue().getLast(), place.end(), column, format.item(item, column));
  }

  @Nullable String remove(List<?> path, int index) {
    var place = places.at(path);
    if (place == null || place.alias() || !(place.node() instanceof SequenceNode sequence)) {
      return null;
    }
    int last = sequence.getValue().size() - 1;
    if (last == 0) {
      return replaceValue(place, List.of(), 2);
    }
    int from = index == 0 ? place.start() : lastEnd(place, index - 1);
    int end = lastEnd(place, index);
    if (YamlLayout.isFlow(sequence)) {
      return index == 0
          ? splice(layout.skipBlank(from + 1), layout.content(end), "")
          : splice(from, end, "");
    }
    int dash = layout.skipBlank(from);
    if (!text.startsWith("-", dash) || !layout.isFirstOnLine(dash)) {
      return null;
    }
    return end == text.length()
        ? splice(layout.previousLineEnd(dash), end, "")
        : splice(layout.lineStart(dash), layout.nextLine(end), "");
  }

  private int lastEnd(Place sequence, int index) {
    var item = places.child(sequence, index);
    return item == null ? sequence.end() : item.end();
  }

  private @Nullable String putIntoMapping(
      Place place,
      MappingNode mapping,
      String key,
      @Nullable Object value,
      @Nullable String after) {
    boolean flow = YamlLayout.isFlow(mapping);
    var existing = places.child(place, key);
    int column =
        mapping.getValue().isEmpty()
            ? 0
            : layout.column(layout.start(mapping.getValue().getFirst().getKeyNode()));
    if (existing != null) {
      return replaceValue(existing, value, sequenceIndent(mapping, column));
    }
    if (mapping.getValue().isEmpty()) {
      return splice(place.start(), place.end(), "{" + flowEntry(key, value) + "}");
    }
    var neighbour = after == null ? null : places.child(place, after);
    if (neighbour == null) {
      neighbour = last(place, mapping);
    }
    if (flow) {
      return splice(
          neighbour.end(), neighbour.end(), "," + flowGap(mapping) + flowEntry(key, value));
    }
    return insertAfter(
        neighbour.node(),
        neighbour.end(),
        column,
        format.entry(key, value, column, sequenceIndent(mapping, column)));
  }

  private Place last(Place place, MappingNode mapping) {
    var key = mapping.getValue().getLast().getKeyNode();
    var found = key instanceof ScalarNode scalar ? places.child(place, scalar.getValue()) : null;
    return found == null ? place : found;
  }

  private String flowGap(MappingNode mapping) {
    int key = layout.start(mapping.getValue().getLast().getKeyNode());
    return layout.isFirstOnLine(key)
        ? layout.lineBreak() + text.substring(layout.lineStart(key), key)
        : " ";
  }

  private @Nullable String putIntoNull(Place place, String key, @Nullable Object value) {
    var mapping = "{" + flowEntry(key, value) + "}";
    if (!place.isEmpty()) {
      return splice(place.start(), place.end(), mapping);
    }
    if (place.inFlow()) {
      boolean colon = text.substring(0, place.start()).stripTrailing().endsWith(":");
      return splice(place.start(), place.start(), (colon ? " " : ": ") + mapping);
    }
    if (place.keyColumn() < 0) {
      return null;
    }
    int column = place.keyColumn() + place.step();
    int end = layout.lineEnd(place.start());
    return splice(
        end, end, layout.lineBreak() + " ".repeat(column) + format.entry(key, value, column, 2));
  }

  private @Nullable String replaceValue(Place place, @Nullable Object value, int sequenceIndent) {
    var node = place.node();
    if (place.alias() || place.inFlow() || (YamlLayout.isFlow(node) && !isEmpty(node))) {
      return splice(place.start(), place.end(), padded(place, YamlFormat.flow(value)));
    }
    boolean collection =
        (value instanceof List<?> list && !list.isEmpty())
            || (value instanceof Map<?, ?> map && !map.isEmpty());
    if (YamlLayout.isBlock(node)) {
      return replaceBlock(place, value, collection, sequenceIndent);
    }
    if (collection && place.keyColumn() >= 0 && (place.isEmpty() || isEmpty(node))) {
      var entry = format.entry("k", value, place.keyColumn(), sequenceIndent).substring(2);
      int end = layout.lineEnd(place.end());
      return text.substring(0, text.substring(0, place.start()).stripTrailing().length())
          + text.substring(place.end(), end)
          + entry
          + text.substring(end);
    }
    int end = place.end();
    while (YamlLayout.isBlockScalar(node)
        && end > place.start()
        && "\r\n".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return splice(place.start(), end, padded(place, YamlFormat.flow(value)));
  }

  private @Nullable String replaceBlock(
      Place place, @Nullable Object value, boolean collection, int sequenceIndent) {
    int column = layout.column(place.start());
    boolean ownLine = layout.isFirstOnLine(place.start());
    if (collection && ownLine) {
      if (place.node() instanceof SequenceNode && value instanceof List<?> items) {
        return splice(place.start(), place.end(), format.items(items, column));
      }
      if (place.node() instanceof MappingNode && value instanceof Map<?, ?> entries) {
        return splice(place.start(), place.end(), format.entries(entries, column, sequenceIndent));
      }
    }
    int colon = text.indexOf(':', place.before());
    if (!ownLine || colon < 0 || place.keyColumn() < 0) {
      return null;
    }
    return text.substring(0, colon + 1)
        + " "
        + YamlFormat.flow(value)
        + text.substring(colon + 1, layout.previousLineEnd(place.start()))
        + text.substring(place.end());
  }

  private String padded(Place place, String value) {
    return place.start() > 0 && text.charAt(place.start() - 1) == ':' ? " " + value : value;
  }

  private static boolean isEmpty(Node node) {
    return (node instanceof SequenceNode sequence && sequence.getValue().isEmpty())
        || (node instanceof MappingNode mapping && mapping.getValue().isEmpty());
  }

  private String insertAfter(Node node, int end, int column, String rendered) {
    if (YamlLayout.isBlockScalar(lastLeaf(node)) && layout.lineStart(end) == end) {
      return splice(end, end, " ".repeat(column) + rendered + layout.lineBreak());
    }
    int line = layout.lineEnd(end);
    return splice(line, line, layout.lineBreak() + " ".repeat(column) + rendered);
  }

  private static Node lastLeaf(Node node) {
    return switch (node) {
      case MappingNode mapping when !mapping.getValue().isEmpty() ->
          lastLeaf(mapping.getValue().getLast().getValueNode());
      case SequenceNode sequence when !sequence.getValue().isEmpty() ->
          lastLeaf(sequence.getValue().getLast());
      default -> node;
    };
  }

  private String insertLine(int end, String line) {
    boolean fresh = layout.lineStart(end) == end;
    return splice(end, end, (fresh ? "" : layout.lineBreak()) + line + layout.lineBreak());
  }

  /// How deep the document's own sequences stand below their keys; two where there is none.
  private int sequenceIndent(MappingNode mapping, int column) {
    for (var entry : mapping.getValue()) {
      int key = layout.start(entry.getKeyNode());
      int value = layout.start(entry.getValueNode());
      if (entry.getValueNode() instanceof SequenceNode sequence
          && YamlLayout.isBlock(sequence)
          && value > key) {
        return Math.max(0, layout.column(value) - column);
      }
    }
    return 2;
  }

  private String flowEntry(String key, @Nullable Object value) {
    return flowKey(key) + ": " + YamlFormat.flow(value);
  }

  private String flowKey(String key) {
    boolean json =
        root instanceof MappingNode mapping
            && YamlLayout.isFlow(mapping)
            && mapping.getValue().stream()
                .allMatch(entry ->
                    entry.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED);
    return json ? YamlFormat.quoted(key) : YamlFormat.scalar(key);
  }

  private String written(Place place) {
    return text.substring(place.start(), place.end());
  }

  private String splice(int start, int end, String replacement) {
    return text.substring(0, start) + replacement + text.substring(end);
  }
}
