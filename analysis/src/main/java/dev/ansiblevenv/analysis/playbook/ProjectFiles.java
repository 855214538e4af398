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

  /// A directory outside of the project.
  ///
  /// @param prefix begins the closure-relative paths of its files
  record Outside(String prefix, Path directory) {}

  /// Begins the closure-relative path of a role's file outside of the project.
  static final String ROLES_PATH = "roles-path:";

  private final Path project;
  private final Path realProject;

  /// Begins the name of a file of a fetched role.
  private static final String FETCHED = "fetched-role:";

  private final Boundary boundary;
  private final List<Outside> outside;
  private final Map<String, Path> fetchedRoles;
  private final Map<Path, Boolean> existing = new HashMap<>();
  private final Map<Path, List<Path>> listings = new HashMap<>();

  ProjectFiles(
      Path project, List<Outside> outside, Map<String, Path> fetchedRoles, Boundary boundary) {
    this.boundary = boundary;
    this.fetchedRoles = fetchedRoles;
    this.project = project;
    this.realProject = real(project);
    this.outside = List.copyOf(outside);
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
        .map(Outside::directory)
        .toList();
  }

  /// What lies outside of the project and belongs to files of the closure: roles and collections
  /// whole, other files by themselves.
  ///
  /// @param names closure-relative paths
  List<Path> outsideOf(Collection<String> names) {
    var found = new LinkedHashSet<Path>();
    for (var name : names) {
      for (var each : outside) {
        if (name.startsWith(each.prefix())) {
          var relative = Path.of(name.substring(each.prefix().length()));
          var length = each.prefix().equals(ROLES_PATH) ? 1 : Math.min(3, relative.getNameCount());
          var path = each.directory().resolve(relative.subpath(0, length));
          if (Files.exists(path)) {
            found.add(path);
          }
        }
      }
    }
    return List.copyOf(found);
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
    return null;
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
        && Stream.concat(outside.stream().map(Outside::directory), fetchedRoles.values().stream())
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
