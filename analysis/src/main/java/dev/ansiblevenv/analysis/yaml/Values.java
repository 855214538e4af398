package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// From nodes to the values that Ansible has, step by step as
/// [AnsibleConstructor](https://github.com/ansible/ansible/blob/devel/lib/ansible/_internal/_yaml/_constructor.py)
/// goes. The order of steps shows: a node that stands both inside and outside `!unsafe`, by an
/// alias, is what it was when it was first met, and collections are filled after everything beside
/// them.
public final class Values {

  private static final ImplicitTypes TYPES = new ImplicitTypes();

  private final String file;
  private final IdentityHashMap<Node, Value> constructed = new IdentityHashMap<>();
  private final ArrayDeque<Runnable> unfilled = new ArrayDeque<>();
  private boolean deep;
  private int unsafe;

  private Values(String file) {
    this.file = file;
  }

  /// The value of one scalar, or of a whole document.
  ///
  /// @param file the name shown in errors
  /// @param root as [YamlReader#read] returns it; null is the null value
  /// @throws InvalidInput for what Ansible's loader refuses: a tag that it does not know, a list as
  ///   a key, a number that cannot be read, a merge of something that is not a mapping
  public static Value of(String file, @Nullable Node root) {
    if (root == null) {
      return new Value.Null();
    }
    var values = new Values(file);
    var value = values.value(root);
    while (!values.unfilled.isEmpty()) {
      values.unfilled.remove().run();
    }
    return value;
  }

  private Value value(Node node) {
    var known = constructed.get(node);
    if (known != null) {
      return known;
    }
    var value = construct(node, node.getTag());
    constructed.put(node, value);
    return value;
  }

  private Value construct(Node node, Tag tag) {
    if (JsonDocument.isUnsafeString(tag)) {
      return new Value.Text(scalar(node), false);
    }
    return switch (tag.getValue()) {
      case "tag:yaml.org,2002:str", "tag:yaml.org,2002:python/unicode" ->
          new Value.Text(scalar(node), unsafe == 0);
      case "tag:yaml.org,2002:map", "tag:yaml.org,2002:python/dict" -> mapping(node);
      case "tag:yaml.org,2002:seq" -> sequence(node);
      case "tag:yaml.org,2002:int" -> scalar(node, "integer", Scalars::integer);
      case "tag:yaml.org,2002:bool" -> scalar(node, "boolean", Scalars::bool);
      case "tag:yaml.org,2002:null" -> scalar(node, "null", text -> new Value.Null());
      case "tag:yaml.org,2002:float" -> scalar(node, "number", Scalars::real);
      case "tag:yaml.org,2002:timestamp" -> scalar(node, "date", Scalars::timestamp);
      case "tag:yaml.org,2002:binary" -> scalar(node, "binary data", Scalars::binary);
      case "tag:yaml.org,2002:set" -> distinct(node);
      case "tag:yaml.org,2002:omap", "tag:yaml.org,2002:pairs" -> pairs(node);
      case "!unsafe" -> unsafe(node);
      case "!vault", "!vault-encrypted" -> vault(node);
      default -> throw invalid(node, "Ansible does not know the tag " + shown(tag));
    };
  }

  private static String shown(Tag tag) {
    return tag.startsWith(Tag.PREFIX)
        ? "!!" + tag.getValue().substring(Tag.PREFIX.length())
        : tag.getValue();
  }

  private Value scalar(Node node, String type, Function<String, Value> read) {
    var text = scalar(node);
    try {
      return read.apply(text);
    } catch (IllegalArgumentException e) {
      var shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
      throw invalid(node, "`" + shown + "` cannot be read as " + type + ", " + e.getMessage());
    }
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    if (node instanceof MappingNode mapping) {
      for (var entry : mapping.getValue()) {
        if (entry.getKeyNode().getTag().equals(ImplicitTypes.VALUE)) {
          return scalar(entry.getValueNode());
        }
      }
    }
    throw invalid(node, "expected a scalar, found a " + node.getNodeId());
  }

  private Value unsafe(Node node) {
    unsafe++;
    var value = untagged(node);
    unsafe--;
    return value;
  }

  private Value vault(Node node) {
    if (untagged(node) instanceof Value.Text(var ciphertext, _)) {
      return new Value.Vault(ciphertext);
    }
    throw invalid(node, "the tag " + node.getTag().getValue() + " needs a string");
  }

  /// What the node would be without its tag, quotes or not.
  private Value untagged(Node node) {
    var text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    boolean outer = deep;
    deep = true;
    var value = construct(node, TYPES.resolve(node.getNodeId(), text, true));
    deep = outer;
    return value;
  }

  private Value sequence(Node node) {
    var items = new ArrayList<Value>();
    fill(() -> {
      for (var item : list(node, NodeId.sequence)) {
        items.add(value(item));
      }
    });
    return new Value.Sequence(items);
  }

  private Value mapping(Node node) {
    var entries = new ArrayList<Value.Entry>();
    fill(() -> entries(node, entries::add));
    return new Value.Mapping(entries);
  }

  private Value distinct(Node node) {
    var items = new ArrayList<Value>();
    fill(() -> entries(node, entry -> items.add(entry.key())));
    return new Value.Distinct(items);
  }

  private Value pairs(Node node) {
    var items = new ArrayList<Value>();
    for (var item : list(node, NodeId.sequence)) {
      if (!(item instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
        throw invalid(item, "expected a mapping of one entry");
      }
      var entry = mapping.getValue().getFirst();
      var key = value(entry.getKeyNode());
      items.add(new Value.Pair(key, value(entry.getValueNode())));
    }
    return new Value.Sequence(items);
  }

  private void fill(Runnable filling) {
    if (deep) {
      filling.run();
    } else {
      unfilled.add(filling);
    }
  }

  private List<Node> list(Node node, NodeId expected) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw invalid(node, "expected a " + expected + ", found a " + node.getNodeId());
  }

  /// As in a Python dictionary the last value of a key wins, at the place of the first.
  private void entries(Node node, Consumer<Value.Entry> target) {
    if (!(node instanceof MappingNode mapping)) {
      throw invalid(node, "expected a mapping, found a " + node.getNodeId());
    }
    var merged = MergeKeys.merged(file, mapping);
    var places = HashMap.<Object, Integer>newHashMap(merged.size());
    var entries = new ArrayList<Value.Entry>(merged.size());
    for (NodeTuple tuple : merged) {
      var key = key(tuple.getKeyNode());
      var value = value(tuple.getValueNode());
      var place = places.putIfAbsent(PythonKey.of(key), entries.size());
      if (place == null) {
        entries.add(new Value.Entry(key, value));
      } else {
        entries.set(place, new Value.Entry(entries.get(place).key(), value));
      }
    }
    entries.forEach(target);
  }

  private Value key(Node node) {
    if (node.getTag().equals(ImplicitTypes.VALUE)) {
      return new Value.Text("=", unsafe == 0);
    }
    var key = value(node);
    if (key instanceof Value.Sequence
        || key instanceof Value.Mapping
        || key instanceof Value.Distinct) {
      throw new InvalidInput(
          "is not valid YAML",
          Nodes.at(file, node),
          "a list or mapping cannot be a key",
          "if it is meant to be a template, quote it: \"{{ … }}\"");
    }
    return key;
  }

  private InvalidInput invalid(Node node, String why) {
    return new InvalidInput("is not valid YAML", Nodes.at(file, node), why, "");
  }
}
