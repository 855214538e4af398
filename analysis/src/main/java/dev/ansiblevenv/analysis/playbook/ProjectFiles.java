package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.Boundary;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files that a closure may hold: those of the project and those of the directories outside of
/// it that Ansible looks into. Gives each its closure-relative path, and lets no symbolic link lead
/// elsewhere.
final class ProjectFiles {

  /// A directory outside of the project that Ansible looks into.
  ///
  /// @param prefix begins the closure-relative paths of its files
  record Searched(String prefix, Path directory) {

    /// What travels with a file: its role, its collection, or the directory of plugins.
    Path whole(Path relative) {
      return switch (prefix) {
        case ROLES_PATH -> directory.resolve(relative.subpath(0, 1));
        case COLLECTIONS_PATH ->
            directory.resolve(relative.subpath(0, Math.min(3, relative.getNameCount())));
        default -> directory;
      };
    }
  }

  static final String COLLECTIONS_PATH = "collections-path:";

  /// Begins the closure-relative path of a role's file outside of the project.
  static final String ROLES_PATH = "roles-path:";

  private final Path project;
  private final Path realProject;

  /// Begins the name of a file of a fetched role.
  private static final String FETCHED = "fetched-role:";

  private final Boundary boundary;
  private final List<Searched> outside;
  private final Map<String, Path> fetchedRoles;
  private final OutsideFiles above;
  private final Map<Path, Boolean> existing = new HashMap<>();
  private final Map<Path, List<Path>> listings = new HashMap<>();

  ProjectFiles(
      Path project, List<Searched> outside, Map<String, Path> fetchedRoles, Boundary boundary) {
    this.boundary = boundary;
    this.fetchedRoles = fetchedRoles;
    this.project = project;
    this.realProject = real(project);
    this.outside = List.copyOf(outside);
    this.above = new OutsideFiles(project, boundary);
  }

  Path project() {
    return project;
  }

  Map<String, Path> fetchedRoles() {
    return fetchedRoles;
  }

  /// Whether a name is that of a file of a fetched role.
  static boolean isFetched(String name) {
    return name.startsWith(FETCHED);
  }

  boolean isFetched(Path path) {
    return isFetched(String.valueOf(name(path)));
  }

  List<Path> rolesPath() {
    return outside.stream()
        .filter(each -> each.prefix().equals(ROLES_PATH))
        .map(Searched::directory)
        .toList();
  }

  /// What lies outside of the project and belongs to files of the closure: roles, collections and
  /// directories of plugins whole, other files by themselves.
  ///
  /// @param names closure-relative paths
  /// @param plugins the configured directories, by the variable that sets them
  Outside outsideOf(Collection<String> names, Map<String, List<Path>> plugins) {
    var found = new LinkedHashSet<Path>();
    for (var name : names) {
      for (var each : outside) {
        if (name.startsWith(each.prefix())) {
          var path = each.whole(Path.of(name.substring(each.prefix().length())));
          if (Files.exists(path)) {
            found.add(path);
          }
        }
      }
    }
    var used = new HashMap<>(plugins);
    used.values().removeIf(paths -> Collections.disjoint(paths, found));
    found.addAll(above.found());
    return new Outside(List.copyOf(found), used, above.unclear(), above.absolute());
  }

  /// Whether a name that a file of the project has for this path, which is not one of the
  /// closure's, leads to something above the project: then it is one of the closure's.
  ///
  /// @param named what leads from a directory to the path
  boolean admit(Path path, String named) {
    if (name(path) != null || !above.admit(path, named)) {
      return false;
    }
    existing.keySet().removeIf(each -> each.startsWith(path));
    return true;
  }

  /// Notes a file of the closure's kinds that is named by an absolute path and exists here.
  void noteAbsolute(Path path, String named) {
    if (name(path) == null && above.isAbsolute(named)) {
      above.noteAbsolute(named);
    }
  }

  /// Notes a name of which only a run knows what it leads to.
  ///
  /// @param directories from which it may lead
  void unclear(Iterable<Path> directories, String pattern) {
    for (var directory : directories) {
      var place = above.place(directory, pattern);
      if (place != null && name(place) == null) {
        above.noteUnclear(pattern);
      }
    }
  }

  /// Whether this is a file or directory that the closure may hold.
  boolean exists(Path path) {
    return existing.computeIfAbsent(path, this::isThere);
  }

  private boolean isThere(Path path) {
    if (name(path) == null || !Files.exists(path)) {
      return false;
    }
    if (boundary.isClosed()) {
      requireInside(path);
    }
    return true;
  }

  boolean isDirectory(Path path) {
    return exists(path) && Files.isDirectory(path);
  }

  boolean isFile(Path path) {
    return exists(path) && Files.isRegularFile(path);
  }

  /// What is in a directory, sorted by name; nothing when there is no such directory.
  List<Path> list(Path directory) {
    if (!isDirectory(directory)) {
      return List.of();
    }
    return listings.computeIfAbsent(
        directory,
        d -> {
          try (var entries = Files.list(d)) {
            return entries.sorted().toList();
          } catch (IOException e) {
            throw unreadable(d, e);
          }
        });
  }

  /// All files in a directory and in those below it, a directory's files in the order of their
  /// names. Follows links as Ansible does, but none to where it has been: of two such links each
  /// way through them would be a path of its own.
  ///
  /// @param isLeftOut asked for files and directories
  List<Path> below(Path directory, Predicate<Path> isLeftOut) {
    record Open(Path path, Path real) {}
    var found = new ArrayList<Path>();
    var been = new HashSet<Path>();
    var open = new ArrayDeque<Open>(List.of(new Open(directory, real(directory))));
    while (!open.isEmpty()) {
      var next = open.pop();
      if (isLeftOut.test(next.path)) {
        continue;
      }
      if (isFile(next.path)) {
        found.add(next.path);
      } else if (isDirectory(next.path) && been.add(next.real)) {
        for (var path : list(next.path).reversed()) {
          var isLink = Files.isSymbolicLink(path);
          open.push(new Open(path, isLink ? real(path) : next.real.resolve(path.getFileName())));
        }
      }
    }
    return found;
  }

  /// The closure-relative path, or null where the file lies in none of these directories.
  @Nullable String name(Path path) {
    if (path.startsWith(project)) {
      return slashed(project.relativize(path));
    }
    for (var each : outside) {
      if (path.startsWith(each.directory())) {
        return each.prefix() + slashed(each.directory().relativize(path));
      }
    }
    for (var role : fetchedRoles.entrySet()) {
      if (path.startsWith(role.getValue())) {
        return FETCHED + role.getKey() + "/" + slashed(role.getValue().relativize(path));
      }
    }
    return above.name(path);
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  /// @throws InvalidInput when the file cannot be read, is too large, or lies outside
  byte[] read(Path path) {
    var name = String.valueOf(name(path));
    requireInside(path);
    try {
      if (Files.size(path) > RegularFile.LARGEST) {
        throw new InvalidInput(
            "is too large", name, "it has more than 16 MiB", "take it out of the playbook's reach");
      }
      return RegularFile.read(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void requireInside(Path path) {
    var real = real(path);
    if (!real.startsWith(realProject)
        && Stream.of(
                outside.stream().map(Searched::directory),
                fetchedRoles.values().stream(),
                above.found().stream())
            .flatMap(directories -> directories)
            .map(ProjectFiles::real)
            .noneMatch(real::startsWith)) {
      throw new InvalidInput(
          "leads out of the project directory",
          String.valueOf(name(path)),
          "it is a symbolic link to a file that the environment's identity would not cover",
          "copy the file into the project, or name its roles directory with `--roles-path`");
    }
  }

  private InvalidInput unreadable(Path path, IOException e) {
    return new InvalidInput("cannot be read", String.valueOf(name(path)), reason(e), "", e);
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
