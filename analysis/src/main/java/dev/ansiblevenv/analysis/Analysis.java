package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.analysis.playbook.Outside;
import dev.ansiblevenv.diagnostic.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Everything that is known about a playbook without running anything.
///
/// @param stem the entry file's name without directory and extension
/// @param canonicalForm what the content hash covers
/// @param rolesPath directories outside of the project whose files stand in the closure as
///   `roles-path:` and their path in there
/// @param plugins fully qualified names of all plugins used, sorted
/// @param places where requirements files say that collections are, without saying which: needs
///   without a name, none of which is needed by itself
/// @param bounds what bounds also that which only something else needs
/// @param excluded what the closure uses and the user excludes; it is in no other list
/// @param variablesRead extra variables of the call whose values found a file, a host, a role or a
///   plugin
/// @param findings what is wrong with the closure's files, as the analysis itself sees it
public record Analysis(
    String stem,
    CanonicalForm canonicalForm,
    List<Path> rolesPath,
    Outside outside,
    List<String> plugins,
    List<CollectionNeed> collections,
    List<CollectionNeed> places,
    TransitiveBounds bounds,
    List<PythonNeed> pythonPackages,
    List<RoleNeed> roles,
    List<SystemPackage> systemPackages,
    List<Unresolved> unresolved,
    List<Retirement> removed,
    List<Retirement> deprecated,
    List<Exclusion> excluded,
    Set<String> variablesRead,
    List<Finding> findings) {

  /// Whether roles are needed that are neither in the tree nor in a collection.
  public boolean hasFetchedRoles() {
    return roles.stream().anyMatch(RoleNeed::isFetched);
  }

  /// The venv name: `<playbook>_<hash8>`.
  public String name() {
    return stem + "_" + canonicalForm.contentHash().substring(0, 8);
  }
}
