package dev.ansiblevenv.core.lint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What to lint, and what ansible-lint may see while it does.
///
/// @param project the project directory: where ansible-lint is run, so that it finds its own and
///   Ansible's configuration
/// @param playbook the entry file; ansible-lint follows it to what it imports
/// @param contentHash of the playbook's closure, 64 lower-case hex digits
/// @param collectionsPath directories with an `ansible_collections` in them; in place of what
///   Ansible's configuration says if there are any
/// @param rolesPath directories with roles in them; likewise
/// @param fetchedRoles directories with roles that were fetched for the playbook, behind all others
///   that Ansible looks into: in place of `rolesPath` if there are any
/// @param variables extra variables as JSON values, besides those of ansible-lint's configuration
///   and before them. No secrets: they become an argument of `ansible-playbook`
/// @param configuration the `ansible.cfg` that counts
/// @param outside what the playbook uses outside of the project: directories of roles and
///   collections, and files
public record LintRequest(
    Path project,
    Path playbook,
    String contentHash,
    List<Path> collectionsPath,
    List<Path> rolesPath,
    List<Path> fetchedRoles,
    Map<String, @Nullable Object> variables,
    Optional<Path> configuration,
    List<Path> outside) {

  public LintRequest {
    project = project.toAbsolutePath().normalize();
    playbook = playbook.toAbsolutePath().normalize();
    collectionsPath = List.copyOf(collectionsPath);
    rolesPath = List.copyOf(rolesPath);
    fetchedRoles = List.copyOf(fetchedRoles);
    outside = List.copyOf(outside);
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /// Without extra variables, and with nothing that had to be fetched.
  public LintRequest(
      Path project,
      Path playbook,
      String contentHash,
      List<Path> rolesPath,
      Optional<Path> configuration,
      List<Path> outside) {
    this(
        project,
        playbook,
        contentHash,
        List.of(),
        rolesPath,
        List.of(),
        Map.of(),
        configuration,
        outside);
  }

  /// The same with other collections and roles in sight.
  public LintRequest seeing(List<Path> collections, List<Path> roles) {
    return new LintRequest(
        project,
        playbook,
        contentHash,
        collections,
        rolesPath,
        roles,
        variables,
        configuration,
        outside);
  }

  /// The same with extra variables.
  public LintRequest with(Map<String, @Nullable Object> extraVariables) {
    return new LintRequest(
        project,
        playbook,
        contentHash,
        collectionsPath,
        rolesPath,
        fetchedRoles,
        extraVariables,
        configuration,
        outside);
  }

  /// All directories that hold what was fetched.
  List<Path> fetched() {
    return Stream.concat(collectionsPath.stream(), fetchedRoles.stream()).toList();
  }

  /// The playbook as ansible-lint is told of it: relative to the project where that is possible.
  String relativePlaybook() {
    return playbook.startsWith(project)
        ? project.relativize(playbook).toString()
        : playbook.toString();
  }
}
