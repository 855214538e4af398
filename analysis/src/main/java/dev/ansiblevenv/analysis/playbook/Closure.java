package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.ClosureFile;
import dev.ansiblevenv.analysis.override.Overrides;
import dev.ansiblevenv.diagnostic.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What a playbook statically reaches, and what that names.
///
/// @param playbook the entry file's closure-relative path
/// @param files in the order in which they were reached; the entry file first
/// @param roles those that were found in the tree
/// @param rolesPath directories outside of the project whose files stand in the closure as
///   `roles-path:` and their path in there
/// @param ownCollections collections whose content is in the project
public record Closure(
    String playbook,
    List<ClosureFile> files,
    List<Reference> references,
    List<AdjacentPlugin> adjacentPlugins,
    List<FoundRole> roles,
    Set<String> ownCollections,
    List<OwnPlugin> ownPlugins,
    Requirements requirements,
    Overrides overrides,
    List<Path> rolesPath,
    List<Finding> findings) {

  /// A role that is in the tree.
  public record FoundRole(String name, Site site) {}
}
