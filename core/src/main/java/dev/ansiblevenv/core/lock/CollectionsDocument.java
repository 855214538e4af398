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
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// The file `collections.yml`: one block of six keys for each collection, sorted by name, so that a
/// change of one collection is a diff of its block; below them the same for roles, if there are
/// any.
final class CollectionsDocument {

  private static final String SCHEMA = "1";

  private static final String SIGNATURES = "signatures";
  private static final Map<String, Pattern> KEYS = keys();
  private static final Map<String, Pattern> ROLE_KEYS = roleKeys();

  private CollectionsDocument() {}

  /// What the file says.
  record Content(List<LockedCollection> collections, List<LockedRole> roles) {}

  static String write(List<LockedCollection> collections, List<LockedRole> roles) {
    var text = new StringBuilder("schema: ").append(SCHEMA).append('\n');
    text.append(collections.isEmpty() ? "collections: []\n" : "collections:\n");
    for (var each : collections) {
      block(
          text,
          each.name(),
          List.of(each.version(), each.source(), each.url(), each.sha256()),
          each.size());
      if (!each.signatures().isEmpty()) {
        text.append("    signatures:\n");
        each.signatures().forEach(it -> text.append("      - ").append(quoted(it)).append('\n'));
      }
    }
    text.append(roles.isEmpty() ? "" : "roles:\n");
    for (var each : roles) {
      block(
          text,
          each.name(),
          List.of(each.version(), each.source(), each.url(), each.sha256()),
          each.size());
    }
    return text.toString();
  }

  private static void block(StringBuilder text, String name, List<String> values, long size) {
    text.append("  - name: ").append(name).append('\n');
    var keys = List.of("version", "source", "url", "sha256").iterator();
    values.forEach(value -> field(text, keys.next(), quoted(value)));
    field(text, "size", String.valueOf(size));
  }

  /// A whole `Yaml` brings Java Beans and a logger along, which no start needs.
  private static @Nullable Node node(String text) {
    var options = new LoaderOptions();
    var reader = new StreamReader(new StringReader(text));
    return new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
  }

  /// @param where the file, for errors
  /// @throws StateConflict when it is not exactly such a document
  static Content read(String text, String where) {
    Node root;
    try {
      root = node(text);
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw corrupt(
          where + (mark == null ? "" : ":" + (mark.getLine() + 1)), String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      throw corrupt(where, "it is not YAML");
    }
    var document = mapping(where, root, Set.of("schema", "collections"), Set.of("roles"));
    var schema = scalar(where, document.get("schema"), Pattern.compile("[0-9]+"));
    if (!schema.equals(SCHEMA)) {
      throw corrupt(where, "it has schema " + schema + ", this version knows " + SCHEMA);
    }
    var collections = new ArrayList<LockedCollection>();
    for (var node : entries(where, document, "collections")) {
      var fields = fields(where, node, KEYS, Set.of(SIGNATURES));
      var version = fields.get("version");
      if (SemanticVersion.parse(version).isEmpty()) {
        throw corrupt(at(where, node), "`" + version + "` is not a semantic version");
      }
      if (!collections.isEmpty()
          && collections.getLast().name().compareTo(fields.get("name")) >= 0) {
        throw corrupt(at(where, node), fields.get("name") + " stands twice or out of order");
      }
      collections.add(
          new LockedCollection(
              fields.get("name"),
              version,
              fields.get("source"),
              fields.get("url"),
              fields.get("sha256"),
              Long.parseLong(fields.get("size")),
              signatures(where, node)));
    }
    return new Content(List.copyOf(collections), roles(where, document));
  }

  private static List<LockedRole> roles(String where, Map<String, Node> document) {
    if (!document.containsKey("roles")) {
      return List.of();
    }
    var roles = new ArrayList<LockedRole>();
    for (var node : entries(where, document, "roles")) {
      var fields = fields(where, node, ROLE_KEYS, Set.of());
      if (!roles.isEmpty() && roles.getLast().name().compareTo(fields.get("name")) >= 0) {
        throw corrupt(at(where, node), fields.get("name") + " stands twice or out of order");
      }
      roles.add(
          new LockedRole(
              fields.get("name"),
              fields.get("version"),
              fields.get("source"),
              fields.get("url"),
              fields.get("sha256"),
              Long.parseLong(fields.get("size"))));
    }
    return List.copyOf(roles);
  }

  private static List<Node> entries(String where, Map<String, Node> document, String key) {
    if (document.get(key) instanceof SequenceNode list) {
      return list.getValue();
    }
    throw corrupt(where, "`" + key + "` is not a list");
  }

  /// All keys are there.
  private static Fields fields(
      String where, Node node, Map<String, Pattern> keys, Set<String> optional) {
    var nodes = mapping(where, node, keys.keySet(), optional);
    var texts = new LinkedHashMap<String, String>();
    keys.forEach((key, pattern) -> texts.put(key, scalar(where, nodes.get(key), pattern)));
    return new Fields(texts);
  }

  private static List<String> signatures(String where, Node node) {
    var list = mapping(where, node, KEYS.keySet(), Set.of(SIGNATURES)).get(SIGNATURES);
    if (list == null) {
      return List.of();
    }
    if (!(list instanceof SequenceNode signatures)) {
      throw corrupt(at(where, list), "`signatures` is not a list");
    }
    return signatures.getValue().stream()
        .map(each -> scalar(where, each, Pattern.compile("[^\\p{Cntrl}]+")))
        .toList();
  }

  private record Fields(Map<String, String> texts) {
    String get(String key) {
      return texts.getOrDefault(key, "");
    }
  }

  private static Map<String, Node> mapping(
      String where, @Nullable Node node, Set<String> keys, Set<String> optional) {
    if (!(node instanceof MappingNode mapping)) {
      throw corrupt(at(where, node), "a mapping of " + String.join(", ", keys) + " is expected");
    }
    var fields = new LinkedHashMap<String, Node>();
    for (var entry : mapping.getValue()) {
      var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!(keys.contains(key) || optional.contains(key))
          || fields.put(key, entry.getValueNode()) != null) {
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

  private static Map<String, Pattern> roleKeys() {
    var keys = keys();
    keys.put("name", Pattern.compile("[A-Za-z0-9_][\\w.+-]*"));
    keys.put("version", Pattern.compile("[^\\p{Cntrl}]*"));
    return keys;
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
