package dev.ansiblevenv.analysis.playbook;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The file that is read and how it was reached: what Ansible's search paths depend on.
///
/// @param basedir the directory of the playbook file
/// @param file the file being read
/// @param role the role that the file belongs to; null outside roles
/// @param parents the roles that led here, nearest first
/// @param imports the files and roles whose static imports led here; null at the entry
record Place(
    Path basedir, Path file, @Nullable Path role, List<Path> parents, @Nullable Chain imports) {

  /// Each file that a task names is looked for in all of them.
  private static final int MAX_PARENTS = 50;

  static Path directory(Path file) {
    var parent = file.getParent();
    return parent == null ? file : parent;
  }

  Path directory() {
    return directory(file);
  }

  Place in(Path newFile) {
    return new Place(basedir, newFile, role, parents, imports);
  }

  Place importing(String name) {
    return new Place(basedir, file, role, parents, new Chain(name, imports));
  }

  /// Behind a dynamic include, which cannot close a circle of static imports.
  Place including() {
    return new Place(basedir, file, role, parents, null);
  }

  Place inRole(Path newRole, Path newFile) {
    var chain =
        role == null || role.equals(newRole)
            ? parents
            : Stream.concat(Stream.of(role), parents.stream())
                .distinct()
                .limit(MAX_PARENTS)
                .toList();
    return new Place(basedir, newFile, newRole, chain, imports);
  }

  /// Directories that Ansible searches for what a task names, in order: the role, the roles that
  /// led to it, the directory of the task's file.
  List<Path> searchPath() {
    var roles = role == null ? parents.stream() : Stream.concat(Stream.of(role), parents.stream());
    return Stream.concat(roles, Stream.of(directory())).distinct().toList();
  }
}
