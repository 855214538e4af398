package dev.ansiblevenv.orchestration.store;

import dev.ansiblevenv.analysis.catalogue.EditDistance;
import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The typed fields of a mapping that a person may have edited. Every error names file:line:column.
public final class Fields {

  /// Two words with at most so many edits between them may be meant as one.
  private static final int CLOSE = 3;

  private static final int MOST = CLOSE + 1;

  private final YamlEdit document;
  private final String place;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keyNodes = new LinkedHashMap<>();

  private Fields(YamlEdit document, Node node, String what) {
    this.document = document;
    this.place = document.location(node).toString();
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, what + " is not a mapping", "");
    }
    for (var entry : mapping.getValue()) {
      var key = String.valueOf(YamlValue.of(entry.getKeyNode()));
      if (keyNodes.containsKey(key)) {
        throw wrong(entry.getKeyNode(), "the key `" + key + "` is there twice", "remove one");
      }
      values.put(key, entry.getValueNode());
      keyNodes.put(key, entry.getKeyNode());
    }
  }

  /// The fields of a whole document.
  ///
  /// @param what it is, for errors: `the host record`
  public static Fields of(YamlEdit document, String place, String what) {
    var root = document.root();
    if (root == null) {
      throw new InvalidInput(what + " is empty", place, "", "restore it or remove the file");
    }
    return new Fields(document, root, what);
  }

  public boolean has(String key) {
    return values.containsKey(key) && YamlValue.of(values.get(key)) != null;
  }

  /// A required scalar as the text that stands there.
  ///
  /// @param valid what the text has to be, which `shape` says in words
  public String text(String key, Predicate<String> valid, String shape) {
    var node = required(key);
    if (node instanceof ScalarNode scalar && valid.test(scalar.getValue())) {
      return scalar.getValue();
    }
    throw wrong(node, "`" + key + "` is not " + shape, "");
  }

  /// A required scalar that is not empty.
  public String text(String key) {
    return text(key, text -> !text.isEmpty(), "a text");
  }

  public Optional<String> optional(String key, Predicate<String> valid, String shape) {
    return has(key) ? Optional.of(text(key, valid, shape)) : Optional.empty();
  }

  public String optional(String key) {
    return optional(key, text -> true, "a text").orElse("");
  }

  public int number(String key) {
    return Integer.parseInt(text(key, text -> text.matches("[0-9]{1,9}"), "a number"));
  }

  public boolean flag(String key) {
    return has(key)
        && text(key, text -> text.equals("true") || text.equals("false"), "true or false")
            .equals("true");
  }

  /// A list of texts; one that is missing or null is empty.
  public List<String> texts(String key) {
    return items(key).stream().map(Item::text).toList();
  }

  /// The items of a list of texts and mappings; one that is missing or null is empty.
  public List<Item> items(String key) {
    return nodes(key).stream().map(node -> new Item(this, key, node)).toList();
  }

  /// An item of a list, with its place.
  public static final class Item {

    private final Fields parent;
    private final String key;
    private final Node node;

    private Item(Fields parent, String key, Node node) {
      this.parent = parent;
      this.key = key;
      this.node = node;
    }

    public Location location() {
      return parent.document.location(node);
    }

    /// Where it stands, as `file:line`.
    public String line() {
      return location().file() + ":" + location().line();
    }

    /// @throws InvalidInput when it is not a text
    public String text() {
      if (node instanceof ScalarNode scalar && YamlValue.of(node) instanceof String) {
        return scalar.getValue();
      }
      throw wrong("`" + key + "` has an item that is not a text", "");
    }

    /// What is in it if it is a mapping.
    public Optional<Fields> fields() {
      return node instanceof MappingNode
          ? Optional.of(new Fields(parent.document, node, "an item of `" + key + "`"))
          : Optional.empty();
    }

    /// An error at this item.
    public InvalidInput wrong(String why, String next) {
      return parent.wrong(node, why, next);
    }
  }

  /// @throws InvalidInput when there is another key; names the nearest of these
  public void only(List<String> known) {
    for (var entry : keyNodes.entrySet()) {
      var key = entry.getKey();
      if (!known.contains(key)) {
        var nearest =
            known.stream()
                .min(Comparator.comparingInt(other -> EditDistance.between(key, other, MOST)))
                .filter(other -> EditDistance.between(key, other, MOST) <= CLOSE)
                .map(other -> "did you mean `" + other + "`? ")
                .orElse("");
        throw wrong(
            entry.getValue(),
            "unknown key `" + key + "`",
            nearest + "here stand: " + String.join(", ", known));
      }
    }
  }

  /// A list of mappings; one that is missing or null is empty.
  public List<Fields> mappings(String key) {
    return nodes(key).stream()
        .map(item -> new Fields(document, item, "an item of `" + key + "`"))
        .toList();
  }

  /// A mapping; one that is missing or null has no fields.
  public Optional<Fields> mapping(String key) {
    return has(key)
        ? Optional.of(new Fields(document, required(key), "`" + key + "`"))
        : Optional.empty();
  }

  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /// An error at this mapping.
  public InvalidInput wrong(String why, String next) {
    return new InvalidInput("is not valid", place, why, next);
  }

  private List<Node> nodes(String key) {
    if (!has(key)) {
      return List.of();
    }
    var node = required(key);
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw wrong(node, "`" + key + "` is not a list", "");
  }

  private Node required(String key) {
    var node = values.get(key);
    if (node == null) {
      throw wrong("the key `" + key + "` is missing", "");
    }
    return node;
  }

  private InvalidInput wrong(Node node, String why, String next) {
    return new InvalidInput("is not valid", document.location(node).toString(), why, next);
  }
}
