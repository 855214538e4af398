package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.ClosureFile;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.override.Overrides;
import dev.ansiblevenv.diagnostic.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a playbook statically reaches, and what that names.
///
/// @param playbook the entry file's closure-relative path
/// @param files in the order in which they were reached; the entry file first
/// @param roles those that were found in the tree
/// @param rolesPath directories outside of the project whose files stand in the closure as
///   `roles-path:` and their path in there
/// @param fetchedRoles names of roles whose files are in no list, since they are not the user's
/// @param elsewhere files of tasks that are included only on other operating systems than Linux
/// @param ownCollections collections whose content is in the project
/// @param ownRoots the directories of those that are used
/// @param home the collection that the playbook belongs to
/// @param variablesRead extra variables of the call that were used to find a file, a host, a role
///   or a plugin
/// @param decidedNames names of plugins and roles that those variables decided, sorted
public record Closure(
    String playbook,
    List<ClosureFile> files,
    List<Reference> references,
    List<AdjacentPlugin> adjacentPlugins,
    List<FoundRole> roles,
    Set<String> ownCollections,
    Map<String, Path> ownRoots,
    Optional<String> home,
    Requirements requirements,
    Overrides overrides,
    List<Path> rolesPath,
    Outside outside,
    Set<String> fetchedRoles,
    Set<String> variablesRead,
    List<String> decidedNames,
    Set<String> elsewhere,
    List<Finding> findings) {

  /// Whether any connection plugin is one of those for network devices.
  public boolean reachesNetworkDevices() {
    return references.stream()
        .anyMatch(reference ->
            reference instanceof Reference.Plugin plugin
                && plugin.kind() == PluginKind.CONNECTION
                && Placement.isForNetworkDevices(plugin.name()));
  }

  /// A role that is in the tree.
  ///
  /// @param ofCollection whether it is in a collection; else dots in its name mean nothing
  public record FoundRole(String name, Site site, boolean ofCollection) {

    // Written out where every start comes by: those of records are linked anew by each process.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FoundRole role
          && name.equals(role.name)
          && site.equals(role.site)
          && ofCollection == role.ofCollection;
    }

    @Override
    public int hashCode() {
      return 31 * site.hashCode() + name.hashCode();
    }
  }
}
