package dev.ansiblevenv.core.lint;

import java.nio.file.Path;
import java.util.List;

/// What to lint, and what ansible-lint may see while it does.
///
/// @param project the project directory: where ansible-lint is run, so that it finds its own and
///   Ansible's configuration
/// @param playbook the entry file; ansible-lint follows it to what it imports
/// @param contentHash of the playbook's closure, 64 lower-case hex digits
/// @param collectionsPath directories with an `ansible_collections` in them; in place of what
///   Ansible's configuration says if there are any
/// @param rolesPath directories with roles in them; likewise
public record LintRequest(
    Path project,
    Path playbook,
    String contentHash,
    List<Path> collectionsPath,
    List<Path> rolesPath) {

  public LintRequest {
    project = project.toAbsolutePath().normalize();
    playbook = playbook.toAbsolutePath().normalize();
    collectionsPath = List.copyOf(collectionsPath);
    rolesPath = List.copyOf(rolesPath);
  }

  /// The same with other collections in sight.
  public LintRequest seeing(List<Path> collections) {
    return new LintRequest(project, playbook, contentHash, collections, rolesPath);
  }

  /// The playbook as ansible-lint is told of it: relative to the project where that is possible.
  String relativePlaybook() {
    return playbook.startsWith(project)
        ? project.relativize(playbook).toString()
        : playbook.toString();
  }
}
