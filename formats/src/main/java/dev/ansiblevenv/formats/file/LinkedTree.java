package dev.ansiblevenv.formats.file;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files below a directory as Ansible finds them there: through links to files and to
/// directories, but through none that leads out.
public final class LinkedTree {

  private static final int MOST = 100_000;

  private final Path root;
  private final Path within;
  private final SortedMap<String, Path> files = new TreeMap<>();
  private final Set<Path> above = new HashSet<>();

  private LinkedTree(Path root, Path within) {
    this.root = root;
    this.within = within;
  }

  /// @param within what no link may leave; the directory or one above it
  /// @return by path below the directory, with `/`; a link to nothing is left out
  /// @throws InvalidInput when a link leads out, or there are more than 100,000 files
  /// @throws IOException when something cannot be read
  public static SortedMap<String, Path> files(Path directory, Path within) throws IOException {
    var tree = new LinkedTree(directory, within.toRealPath());
    tree.visit(directory);
    return tree.files;
  }

  private void visit(Path directory) throws IOException {
    var real = real(directory);
    if (!above.add(real)) {
      return;
    }
    try (var children = Files.list(directory)) {
      for (var child : (Iterable<Path>) children::iterator) {
        add(child);
      }
    }
    above.remove(real);
  }

  private void add(Path path) throws IOException {
    var name = root.relativize(path).toString();
    if (Files.isDirectory(path)) {
      visit(path);
    } else if (Files.isRegularFile(path)) {
      files.put(name, real(path));
    }
    if (files.size() > MOST) {
      throw new InvalidInput("has more than " + MOST + " files", root.toString(), "", "");
    }
  }

  private Path real(Path path) throws IOException {
    var real = path.toRealPath();
    if (!real.startsWith(within)) {
      throw new InvalidInput(
          "leads out of " + within,
          path.toString(),
          "it is a link to " + real,
          "put a copy in the place of the link");
    }
    return real;
  }
}
