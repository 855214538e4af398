package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Keys that are written more than once in one mapping. Ansible uses the last and only warns;
/// whoever wrote the others did not mean that.
public final class DuplicateKeys {

  private static final String RULE = "yaml[duplicate-key]";

  private final String file;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private DuplicateKeys(String file) {
    this.file = file;
  }

  /// @param root as [YamlReader#read] returns it
  /// @return one fatal finding for each key that repeats an earlier one, in the order of the file
  public static List<Finding> in(String file, @Nullable Node root) {
    var duplicates = new DuplicateKeys(file);
    if (root != null) {
      duplicates.look(root);
    }
    return List.copyOf(duplicates.findings);
  }

  private void look(Node node) {
    if (node.getAnchor() != null && !seen.add(node)) {
      return;
    }
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(this::look);
    } else if (node instanceof MappingNode mapping) {
      look(mapping);
    }
  }

  private void look(MappingNode mapping) {
    var first = HashMap.<Object, Node>newHashMap(mapping.getValue().size());
    for (var entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && !key.getTag().equals(Tag.MERGE)) {
        var earlier = first.putIfAbsent(key(key), key);
        if (earlier != null) {
          findings.add(
              new Finding(
                  Nodes.location(file, key),
                  RULE,
                  "the key `%s` stands already in line %d"
                      .formatted(key.getValue(), Nodes.location(file, earlier).line()),
                  true));
        }
      }
      look(entry.getKeyNode());
      look(entry.getValueNode());
    }
  }

  private Object key(ScalarNode key) {
    return key.getTag().equals(ImplicitTypes.VALUE)
        ? key.getValue()
        : PythonKey.of(Values.of(file, key));
  }
}
