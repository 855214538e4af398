package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What of a directory is sent: everything on disk but what git ignores, `.git`, virtual
/// environments, and what this program keeps there itself.
final class ProjectWalk {

  private static final String GIT = ".git";
  private static final String VIRTUAL_ENVIRONMENT = "pyvenv.cfg";

  /// Of the project's own directory: no run reads them, and they change while we deploy.
  private static final Set<String> OURS = Set.of(".ansible-venv", "host_venvs", "venv_specs");

  private final Function<Path, Set<String>> ignored;
  private final Bound bound;
  private final List<ListedEntry> found = new ArrayList<>();
  private final List<String> passedOver = new ArrayList<>();
  private final List<String> leadingOut = new ArrayList<>();
  private final Set<String> leftOut;
  private final Path project;

  /// @param project absolute
  /// @param ignored what git ignores in a repository, from its directory on
  /// @param leftOut names that are left out besides, from the project's directory on
  ProjectWalk(Path project, Function<Path, Set<String>> ignored, Set<String> leftOut, Bound bound) {
    this.project = project;
    this.ignored = ignored;
    this.leftOut = new HashSet<>(leftOut);
    this.leftOut.addAll(OURS);
    this.bound = bound;
  }

  void project() {
    var entry = entry(project, ".");
    if (entry != null) {
      found.add(entry);
    }
    children(project, "", "", ignored.apply(project));
  }

  /// Something outside of the project.
  ///
  /// @param shown the absolute path under which it is sent
  void outside(Path shown, Path path) {
    var name = new StringBuilder();
    for (var part : shown) {
      name.append('/').append(ManifestName.of(part.toString()));
    }
    var entry = entry(path, name.toString());
    if (entry != null) {
      take(entry);
      if (entry.kind() == ListedEntry.DIRECTORY) {
        children(path, name + "/", "", ignored.apply(path));
      }
    }
  }

  /// @throws InvalidInput when it is too much to be sent
  void requireWithinBound() {
    bound.check();
  }

  List<ListedEntry> found() {
    return found;
  }

  /// Links to what is not sent, each with its target.
  List<String> leadingOut() {
    return leadingOut;
  }

  /// Files that this user cannot read.
  List<String> passedOver() {
    return passedOver;
  }

  /// @param prefix of names in the manifest
  /// @param below the same from the repository on
  private void children(Path directory, String prefix, String below, Set<String> left) {
    List<Path> paths;
    try (var children = Files.newDirectoryStream(directory)) {
      paths = new ArrayList<>();
      children.forEach(paths::add);
    } catch (AccessDeniedException e) {
      passedOver.add(directory.toString());
      return;
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException | DirectoryIteratorException e) {
      throw unreadable(directory, e);
    }
    for (var path : paths) {
      var name = ManifestName.ofFile(path);
      if (name.equals(GIT) || left.contains(below + name) || leftOut.contains(prefix + name)) {
        continue;
      }
      var entry = entry(path, prefix + name);
      if (entry == null) {
        continue;
      }
      if (entry.kind() != ListedEntry.DIRECTORY) {
        take(entry);
      } else if (!Files.exists(path.resolve(VIRTUAL_ENVIRONMENT))) {
        take(entry);
        if (Files.exists(path.resolve(GIT))) {
          children(path, prefix + name + "/", "", ignored.apply(path));
        } else {
          children(path, prefix + name + "/", below + name + "/", left);
        }
      }
    }
  }

  private void take(ListedEntry entry) {
    if (entry.kind() == ListedEntry.FILE) {
      bound.count(entry);
    }
    found.add(entry.kind() == ListedEntry.LINK ? link(entry) : entry);
  }

  /// A link into the project leads there on the host too; one that leads out of it is named.
  private ListedEntry link(ListedEntry entry) {
    try {
      var target = Files.readSymbolicLink(entry.file());
      var place = entry.file().resolveSibling(target).normalize();
      if (!place.startsWith(project)) {
        leadingOut.add(entry.name() + " -> " + target);
      } else if (target.isAbsolute()) {
        var parent = entry.file().resolveSibling("").normalize();
        return entry.leadingTo(parent.relativize(place));
      }
    } catch (IOException e) {
      // It is gone, or another file meanwhile.
    }
    return entry;
  }

  private static @Nullable ListedEntry entry(Path path, String name) {
    try {
      return ListedEntry.of(name, path);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static InvalidInput unreadable(Path place, Exception e) {
    return new InvalidInput(
        "cannot be read",
        place.toString(),
        String.valueOf(e.getMessage()),
        "name it in `" + GitIgnore.OWN_FILE + "` if no run needs it",
        e);
  }
}
