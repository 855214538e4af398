package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// Composes one YAML document into nodes with marks.
public final class YamlReader {

  private YamlReader() {}

  /// @param file the name shown in errors
  /// @return the root node, or null for a file without a document
  /// @throws InvalidInput when the text is not one well-formed document; names file:line:column
  public static @Nullable Node read(String file, byte[] content) {
    try {
      return new Yaml(new LoaderOptions())
          .compose(new StringReader(new String(content, StandardCharsets.UTF_8)));
    } catch (MarkedYAMLException e) {
      throw new InvalidInput("is not valid YAML", file, String.valueOf(e.getProblem()), "");
    }
  }
}
