package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// What the documentation of a plugin says about what it needs.
///
/// @param requirements in prose
/// @param fragments that it extends: `ns.name.fragment`, `ns.name.fragment.part` or a short name
record Documentation(List<String> requirements, List<String> fragments) {

  static final Documentation NONE = new Documentation(List.of(), List.of());

  /// @param yaml what `DOCUMENTATION` holds; broken documentation says nothing
  static Documentation parse(String yaml) {
    if (!yaml.contains("requirements") && !yaml.contains("extends_documentation_fragment")) {
      return NONE;
    }
    return of(read(yaml));
  }

  /// @param yaml a file beside the plugin whose documentation is under `DOCUMENTATION`
  static Documentation sidecar(String yaml) {
    var file = YamlMapping.of(read(yaml));
    return file == null ? NONE : of(file.get("DOCUMENTATION"));
  }

  private static @Nullable Node read(String yaml) {
    try {
      return YamlReader.read("DOCUMENTATION", yaml.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidInput e) {
      return null;
    }
  }

  private static Documentation of(@Nullable Node node) {
    var mapping = YamlMapping.of(node);
    if (mapping == null) {
      return NONE;
    }
    return new Documentation(
        texts(mapping.get("requirements")), texts(mapping.get("extends_documentation_fragment")));
  }

  private static List<String> texts(@Nullable Node node) {
    var single = YamlMapping.text(node);
    if (single != null) {
      return List.of(single.split(",\\s*(?=[a-z_]+\\.[a-z_]+\\.)", -1));
    }
    var texts = new ArrayList<String>();
    for (var item : YamlMapping.items(node)) {
      if (item instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        // `- python: 3.6` is meant as prose.
        var mapping = YamlMapping.of(item);
        if (mapping != null) {
          mapping.entries().forEach(e -> texts.add(e.key() + ": " + YamlMapping.text(e.value())));
        }
      }
    }
    return texts;
  }
}
