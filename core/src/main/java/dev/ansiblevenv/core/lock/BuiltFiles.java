package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Which files of a collection's sources belong into its tarball: all but those that a pattern
/// matches. Patterns are those of Python's `fnmatch` over the path in the collection; `*` matches
/// `/` too.
final class BuiltFiles {

  /// What ansible-galaxy leaves out unasked.
  static final List<String> ALWAYS_IGNORED =
      List.of(
          "MANIFEST.json",
          "FILES.json",
          "galaxy.yml",
          "galaxy.yaml",
          ".git",
          "*.pyc",
          "*.retry",
          "tests/output");

  private static final Set<String> IGNORED_DIRECTORIES =
      Set.of("CVS", ".bzr", ".hg", ".git", ".svn", "__pycache__", ".tox");

  private final Path root;
  private final List<Pattern> ignored;

  BuiltFiles(Path root, List<String> patterns) {
    this.root = root;
    this.ignored = patterns.stream().map(BuiltFiles::regex).toList();
  }

  /// Files and directories, sorted, a directory before what is in it.
  List<String> paths() throws IOException {
    var paths = new ArrayList<String>();
    walk("", paths);
    return paths;
  }

  private void walk(String prefix, List<String> paths) throws IOException {
    List<String> names;
    try (var children = Files.list(root.resolve(prefix))) {
      names = children.map(child -> String.valueOf(child.getFileName())).sorted().toList();
    }
    for (var name : names) {
      var path = prefix + name;
      var file = root.resolve(path);
      var directory = Files.isDirectory(file);
      if (matches(path) || (directory && IGNORED_DIRECTORIES.contains(name))) {
        continue;
      }
      if (directory && Files.isSymbolicLink(file) && !leadsInside(file)) {
        continue;
      }
      if (!directory) {
        RegularFile.require(file);
      }
      paths.add(path);
      if (directory && !Files.isSymbolicLink(file)) {
        walk(path + "/", paths);
      }
    }
  }

  private boolean matches(String path) {
    return ignored.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private boolean leadsInside(Path link) throws IOException {
    return link.toRealPath().startsWith(root.toRealPath());
  }

  private static Pattern regex(String pattern) {
    var regex = new StringBuilder();
    for (int at = 0; at < pattern.length(); at++) {
      var c = pattern.charAt(at);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> {
          var first = pattern.startsWith("[!", at) ? at + 2 : at + 1;
          var end = pattern.indexOf(']', first + 1);
          if (end < 0) {
            regex.append("\\[");
          } else {
            regex.append(set(pattern.substring(at + 1, end)));
            at = end;
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String set(String members) {
    var negated = members.startsWith("!");
    var escaped =
        (negated ? members.substring(1) : members)
            .replace("\\", "\\\\")
            .replace("[", "\\[")
            .replace("^", "\\^")
            .replace("&&", "&\\&");
    return (negated ? "[^" : "[") + escaped + "]";
  }
}
