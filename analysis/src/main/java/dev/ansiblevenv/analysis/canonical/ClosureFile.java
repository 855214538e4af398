package dev.ansiblevenv.analysis.canonical;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// A file that the playbook reaches, as far as it matters to the playbook's identity: a closure
/// holds many files, and neither their bytes nor their nodes are needed any longer.
///
/// @param path closure-relative, with `/`; the name under which it counts and is shown in errors
/// @param text the file's [CanonicalText]
public record ClosureFile(String path, String text) {

  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when a file that is to be YAML is not
  public static ClosureFile of(String path, FileKind kind, byte[] content) {
    return new ClosureFile(path, CanonicalText.of(path, kind, content));
  }

  /// The same for a file that has been read as YAML already.
  ///
  /// @param root as [dev.ansiblevenv.analysis.yaml.YamlReader#read] returned it
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when Ansible cannot load the values
  public static ClosureFile of(String path, FileKind kind, @Nullable Node root) {
    return new ClosureFile(path, CanonicalText.of(path, kind, root));
  }
}
