package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The file `collections.yml`: one block of six keys for each collection, sorted by name, so that a
/// change of one collection is a diff of its block.
final class CollectionsDocument {

  private static final String SCHEMA = "1";

  private static final Map<String, Pattern> KEYS = keys();

  private CollectionsDocument() {}

  static String write(List<LockedCollection> collections) {
    var text = new StringBuilder("schema: ").append(SCHEMA).append('\n');
    text.append(collections.isEmpty() ? "collections: []\n" : "collections:\n");
    for (var collection : collections) {
      text.append("  - name: ").append(collection.name()).append('\n');
      field(text, "version", quoted(collection.version()));
      field(text, "source", quoted(collection.source()));
      field(text, "url", quoted(collection.url()));
      field(text, "sha256", quoted(collection.sha256()));
      field(text, "size", String.valueOf(collection.size()));
    }
    return text.toString();
  }

  /// @param where the file, for errors
  /// @throws StateConflict when it is not exactly such a document
  static List<LockedCollection> read(String text, String where) {
    Node root;
    try {
      root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw corrupt(
          where + (mark == null ? "" : ":" + (mark.getLine() + 1)), String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      throw corrupt(where, "it is not YAML");
    }
    var document = mapping(where, root, Set.of("schema", "collections"));
    var schema = scalar(where, document.get("schema"), Pattern.compile("[0-9]+"));
    if (!schema.equals(SCHEMA)) {
      throw corrupt(where, "it has schema " + schema + ", this version knows " + SCHEMA);
    }
    if (!(document.get("collections") instanceof SequenceNode list)) {
      throw corrupt(where, "`collections` is not a list");
    }
    var collections = new ArrayList<LockedCollection>();
    for (var node : list.getValue()) {
      var collection = collection(where, node);
      if (!collections.isEmpty()
          && collections.getLast().name().compareTo(collection.name()) >= 0) {
        throw corrupt(at(where, node), collection.name() + " stands twice or out of order");
      }
      collections.add(collection);
    }
    return List.copyOf(collections);
  }

  private static LockedCollection collection(String where, Node node) {
    var fields = mapping(where, node, KEYS.keySet());
    var texts = new LinkedHashMap<String, String>();
    KEYS.forEach((key, pattern) -> texts.put(key, scalar(where, fields.get(key), pattern)));
    var version = texts.getOrDefault("version", "");
    if (SemanticVersion.parse(version).isEmpty()) {
      throw corrupt(at(where, node), "`" + version + "` is not a semantic version");
    }
    return new LockedCollection(
        texts.getOrDefault("name", ""),
        version,
        texts.getOrDefault("source", ""),
        texts.getOrDefault("url", ""),
        texts.getOrDefault("sha256", ""),
        Long.parseLong(texts.getOrDefault("size", "0")));
  }

  private static Map<String, Node> mapping(String where, @Nullable Node node, Set<String> keys) {
    if (!(node instanceof MappingNode mapping)) {
      throw corrupt(at(where, node), "a mapping of " + String.join(", ", keys) + " is expected");
    }
    var fields = new LinkedHashMap<String, Node>();
    for (var entry : mapping.getValue()) {
      var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!keys.contains(key) || fields.put(key, entry.getValueNode()) != null) {
        throw corrupt(at(where, entry.getKeyNode()), "unexpected key `" + key + "`");
      }
    }
    if (!fields.keySet().containsAll(keys)) {
      throw corrupt(at(where, node), "a mapping of " + String.join(", ", keys) + " is expected");
    }
    return fields;
  }

  private static String scalar(String where, @Nullable Node node, Pattern pattern) {
    if (node instanceof ScalarNode scalar && pattern.matcher(scalar.getValue()).matches()) {
      return scalar.getValue();
    }
    var shown = node instanceof ScalarNode scalar ? "`" + scalar.getValue() + "`" : "it";
    throw corrupt(at(where, node), shown + " is not what is expected here");
  }

  private static String at(String where, @Nullable Node node) {
    return node == null ? where : where + ":" + (node.getStartMark().getLine() + 1);
  }

  private static StateConflict corrupt(String where, String why) {
    return new StateConflict("is not a valid lock file", where, why, "lock again");
  }

  private static void field(StringBuilder text, String key, String value) {
    text.append("    ").append(key).append(": ").append(value).append('\n');
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Map<String, Pattern> keys() {
    var keys = new LinkedHashMap<String, Pattern>();
    keys.put("name", Pattern.compile("[A-Za-z0-9_]+\\.[A-Za-z0-9_]+"));
    keys.put("version", Pattern.compile("\\S+"));
    keys.put("source", Pattern.compile("(?!/)[^\\p{Cntrl}]+"));
    keys.put("url", Pattern.compile("(?!/)[^\\p{Cntrl}]+"));
    keys.put("sha256", Pattern.compile("[0-9a-f]{64}"));
    keys.put("size", Pattern.compile("[0-9]{1,15}"));
    return keys;
  }
}
