package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.ClosureFile;
import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.yaml.DuplicateKeys;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/// Reads the YAML files of the closure, each once.
final class YamlFile {

  private final ProjectFiles files;
  private final Collected collected;
  private final boolean duplicateKeys;
  private final Map<Path, Optional<Node>> roots = new HashMap<>();

  /// @param duplicateKeys whether a key may stand twice in a mapping
  YamlFile(ProjectFiles files, Collected collected, boolean duplicateKeys) {
    this.files = files;
    this.collected = collected;
    this.duplicateKeys = duplicateKeys;
  }

  /// @param certain whether Ansible surely reads the file: then broken YAML is the user's error,
  ///   else a warning
  /// @return empty for a file without a document, an encrypted file, and a broken one that no run
  ///   may ever read
  /// @throws InvalidInput when a file that Ansible surely reads is not YAML
  Optional<Node> read(Path path, FileKind kind, boolean certain) {
    var known = roots.get(path);
    if (known != null) {
      return known;
    }
    var name = String.valueOf(files.name(path));
    var content = files.read(path);
    var root = Optional.<Node>empty();
    if (YamlReader.isVault(content)) {
      collected.add(name, FileKind.RAW, content);
    } else {
      try {
        root = Optional.ofNullable(YamlReader.read(name, content));
        collected.add(ClosureFile.of(name, kind, root.orElse(null)));
        if (!duplicateKeys) {
          DuplicateKeys.in(name, root.orElse(null))
              .forEach(finding -> collected.finding(finding, certain));
        }
      } catch (InvalidInput e) {
        if (certain) {
          throw e;
        }
        root = Optional.empty();
        collected.add(name, FileKind.RAW, content);
        collected.finding(new Site(name, 0), "closure[yaml]", e.what() + ": " + e.why(), false);
      }
    }
    roots.put(path, root);
    return root;
  }
}
