package dev.ansiblevenv.core.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What ansible-lint may read: the project, up to the root of its git repository, and what the
/// playbook uses outside of it. Of a project that is a home, or above one, no file or directory
/// whose name begins with a dot, where keys and passwords lie.
final class LintedFiles {

  private final Path home;
  private final Path cache;
  private final Set<Path> paths = new LinkedHashSet<>();

  /// @param home of the user
  /// @param cache the controller's: directories of collections and roles in it are links to where
  ///   each was unpacked
  LintedFiles(Path home, Path cache) {
    this.home = home;
    this.cache = cache;
  }

  List<Path> of(LintRequest request, LintConfiguration configuration) throws IOException {
    addTree(request.project());
    configuration.gitRoot().filter(root -> !holdsHome(root)).ifPresent(paths::add);
    configuration.files().stream()
        .filter(file -> !isOfProject(file, request, configuration) || isNoLink(file))
        .forEach(paths::add);
    for (var root : request.collectionsPath()) {
      addOwn(root);
      addLinked(root.resolve("ansible_collections"), 2);
    }
    paths.addAll(request.rolesPath());
    paths.addAll(request.outside());
    for (var root : request.fetchedRoles()) {
      addOwn(root);
      addLinked(root, 1);
    }
    return List.copyOf(paths);
  }

  /// A link in the project may lead to a secret; one of the user's own is meant.
  private static boolean isOfProject(
      Path file, LintRequest request, LintConfiguration configuration) {
    return file.startsWith(request.project())
        || configuration.gitRoot().filter(file::startsWith).isPresent();
  }

  private static boolean isNoLink(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private void addOwn(Path root) {
    if (root.startsWith(cache)) {
      paths.add(root);
    }
  }

  private void addLinked(Path directory, int depth) throws IOException {
    if (!directory.startsWith(cache) || !Files.isDirectory(directory)) {
      return;
    }
    try (var children = Files.newDirectoryStream(directory)) {
      for (var child : children) {
        if (Files.isSymbolicLink(child)) {
          paths.add(child.resolveSibling(Files.readSymbolicLink(child)).normalize());
        } else if (depth > 1) {
          addLinked(child, depth - 1);
        }
      }
    }
  }

  private boolean holdsHome(Path directory) {
    return home.startsWith(directory);
  }

  private void addTree(Path directory) throws IOException {
    if (!holdsHome(directory)) {
      paths.add(directory);
      return;
    }
    try (var children = Files.newDirectoryStream(directory, "[!.]*")) {
      for (var child : children) {
        if (Files.isDirectory(child) && holdsHome(child)) {
          addTree(child);
        } else if (!Files.isSymbolicLink(child)) {
          paths.add(child);
        }
      }
    }
  }
}
