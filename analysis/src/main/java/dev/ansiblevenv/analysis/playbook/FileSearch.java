package dev.ansiblevenv.analysis.playbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds files where Ansible looks for them, see `DataLoader.path_dwim_relative` and
/// `path_dwim_relative_stack` in ansible-core and [the search paths in
/// Ansible](https://docs.ansible.com/ansible/latest/playbook_guide/playbook_pathing.html). A name
/// with an unknown part finds every file that it could mean.
final class FileSearch {

  private static final int MOST_CANDIDATES = 200;

  private final ProjectFiles files;
  private final Map<Path, Map<String, List<Path>>> matching = new HashMap<>();

  FileSearch(ProjectFiles files) {
    this.files = files;
  }

  /// What a name can mean.
  ///
  /// @param certain whether the name is known; then there is at most one file
  /// @param open whether a run may mean other files
  record Found(List<Path> files, boolean certain, boolean open) {}

  /// A file of tasks, as `import_tasks` and `include_tasks` name it.
  Found tasks(Context context, String pattern) {
    var directories = new LinkedHashSet<Path>();
    var role = context.role();
    if (role != null) {
      var subdirectory = context.handlers() ? "handlers" : "tasks";
      if (isKnown(pattern)) {
        directories.add(role.resolve(subdirectory));
      }
      directories.add(context.place().directory());
      directories.add(role.resolve(subdirectory));
      directories.add(role.resolve("tasks"));
      directories.add(role);
      directories.add(context.basedir().resolve(subdirectory));
    } else {
      directories.add(context.place().directory());
    }
    directories.add(context.basedir());
    return search(directories, pattern);
  }

  /// A file that a task's module or lookup reads.
  ///
  /// @param subdirectory where files of the kind lie: `templates`, `files`, `vars`, `tasks`
  Found needle(Context context, String subdirectory, String pattern) {
    return search(needleDirectories(context, subdirectory, pattern), pattern);
  }

  private static Set<Path> needleDirectories(Context context, String subdirectory, String pattern) {
    var named = pattern.startsWith(subdirectory + "/");
    var directories = new LinkedHashSet<Path>();
    for (var path :
        Stream.concat(context.place().searchPath().stream(), Stream.of(context.basedir()))
            .toList()) {
      if (!named) {
        directories.add(path.resolve(subdirectory));
      }
      directories.add(path);
    }
    return directories;
  }

  /// All files that a shell pattern matches, as the lookup `fileglob` finds them.
  List<Path> glob(Context context, String pattern) {
    var directories = needleDirectories(context, "files", pattern);
    var found = matching(directories, pattern.replace('*', Value.ANY));
    return found.isEmpty() ? globAbove(directories, pattern) : found;
  }

  private List<Path> globAbove(Iterable<Path> directories, String pattern) {
    for (var directory : directories) {
      var path = resolved(directory, pattern);
      var parent = path == null ? null : path.getParent();
      if (path == null || parent == null || files.exists(parent) || !Files.isDirectory(parent)) {
        continue;
      }
      try (var children = Files.newDirectoryStream(parent, path.getFileName().toString())) {
        var found = new ArrayList<Path>();
        for (var child : children) {
          if (Files.isRegularFile(child) && files.admit(child, pattern)) {
            found.add(child);
          }
        }
        if (!found.isEmpty()) {
          return found;
        }
      } catch (IOException | PatternSyntaxException e) {
        // A run does not find anything there either.
      }
    }
    return List.of();
  }

  /// What a task or lookup reads that is no part of the closure: a file, or a whole directory.
  void source(Context context, String pattern) {
    var directories = needleDirectories(context, "files", pattern);
    if (!isKnown(pattern)) {
      search(directories, pattern);
      return;
    }
    for (var directory : directories) {
      var path = resolved(directory, pattern);
      if (path != null && (files.exists(path) || files.admit(path, pattern))) {
        return;
      }
    }
  }

  /// @param directories searched in order; the first that has the file wins
  Found search(Iterable<Path> directories, String pattern) {
    if (isKnown(pattern)) {
      for (var directory : directories) {
        var path = resolved(directory, pattern);
        if (path == null) {
          continue;
        }
        if (files.isFile(path) || Files.isRegularFile(path) && files.admit(path, pattern)) {
          return new Found(List.of(path), true, false);
        }
        if (pattern.startsWith("/") && Files.isRegularFile(path)) {
          files.noteAbsolute(path, pattern);
        }
      }
      return new Found(List.of(), true, false);
    }
    var found = matching(directories, pattern);
    if (found.isEmpty()) {
      files.unclear(directories, pattern);
    }
    return new Found(found, false, true);
  }

  private List<Path> matching(Iterable<Path> directories, String pattern) {
    if (saysSomething(pattern)) {
      for (var directory : directories) {
        var matches = matches(directory, pattern).filter(files::isFile).toList();
        if (!matches.isEmpty()) {
          return matches;
        }
      }
    }
    return List.of();
  }

  /// The paths below a directory that a pattern can mean.
  Stream<Path> matches(Path directory, String pattern) {
    var start = pattern.startsWith("/") ? Path.of("/") : directory;
    List<Path> found = new ArrayList<>(List.of(start));
    for (var part : pattern.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      found = found.stream().flatMap(path -> step(path, part)).limit(MOST_CANDIDATES).toList();
    }
    return found.stream();
  }

  private Stream<Path> step(Path directory, String part) {
    if (isKnown(part)) {
      var path = resolved(directory, part);
      return path == null ? Stream.empty() : Stream.of(path);
    }
    return matching
        .computeIfAbsent(directory, _ -> new HashMap<>())
        .computeIfAbsent(part, _ -> matching(directory, part))
        .stream();
  }

  private List<Path> matching(Path directory, String part) {
    return files.list(directory).stream()
        .filter(path -> !path.getFileName().toString().startsWith("."))
        .filter(path -> matches(path.getFileName().toString(), part))
        .toList();
  }

  /// Whether the name has the known parts of the pattern in their order. Not by a regular
  /// expression, which may try every way to share out the name.
  static boolean matches(String name, String pattern) {
    var parts = pattern.split("\0+", -1);
    var last = parts[parts.length - 1];
    if (!name.startsWith(parts[0])) {
      return false;
    }
    var at = parts[0].length();
    for (var i = 1; i < parts.length - 1; i++) {
      var found = name.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return name.length() - last.length() >= at && name.endsWith(last);
  }

  static @Nullable Path resolved(Path directory, String name) {
    try {
      return directory.resolve(name).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  static boolean isKnown(String pattern) {
    return pattern.indexOf(Value.ANY) < 0;
  }

  /// Whether an unknown name says enough to look for candidates: nobody wants all files there are.
  static boolean saysSomething(String pattern) {
    return pattern.chars().anyMatch(Character::isLetterOrDigit);
  }
}
