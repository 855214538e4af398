package dev.ansiblevenv.formats.file;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.archive.ArchiveRefused;
import dev.ansiblevenv.formats.archive.LinkPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// What may be read for a project. Of one's own project that is whatever it names. Of somebody
/// else's it is the project directory and what was locked: what its files name outside is refused,
/// and no program that they name is run.
public final class Boundary {

  /// Set to anything, it says that the project is somebody else's.
  public static final String VARIABLE = "ANSIBLE_VENV_UNTRUSTED";

  /// Of one's own project.
  public static final Boundary OPEN = new Boundary(Path.of("/"), false);

  private static final String GALAXY = "ANSIBLE_GALAXY_";
  private static final String OWN = "ANSIBLE_VENV_";
  private static final String TOKEN = "ANSIBLE_GALAXY_TOKEN_PATH";

  private final Path project;
  private final boolean isClosed;

  private Boundary(Path project, boolean isClosed) {
    var absolute = project.toAbsolutePath().normalize();
    this.project = isClosed ? real(absolute) : absolute;
    this.isClosed = isClosed;
  }

  /// @param environment the caller's
  public static Boundary of(Path project, Map<String, String> environment) {
    return new Boundary(project, isClosed(environment));
  }

  public static boolean isClosed(Map<String, String> environment) {
    return environment.containsKey(VARIABLE);
  }

  /// An environment with which everything respects the boundary: Ansible's own variables name
  /// places of the caller's, and the caller's Galaxy token is for no server that a project names.
  public static Map<String, String> closed(Map<String, String> environment) {
    var closed = new TreeMap<>(environment);
    closed
        .keySet()
        .removeIf(name ->
            name.startsWith("ANSIBLE_") && !name.startsWith(GALAXY) && !name.startsWith(OWN));
    closed.put(TOKEN, "/dev/null");
    closed.put(VARIABLE, "1");
    return closed;
  }

  public boolean isClosed() {
    return isClosed;
  }

  private boolean isInside(Path path) {
    return real(path.toAbsolutePath().normalize()).startsWith(project);
  }

  /// @param where what names the path, as `file:line` or a file
  /// @throws InvalidInput when the boundary is closed and the path, links followed, leads outside
  public void require(Path path, String where) {
    if (isClosed && !isInside(path)) {
      throw outside(path.toString(), where);
    }
  }

  /// Looks at every file of the project without following a link. Does nothing where the boundary
  /// is open.
  ///
  /// @throws InvalidInput when a link leads outside, or something is neither a file nor a directory
  ///   nor a link
  public void requireWhole() {
    if (!isClosed) {
      return;
    }
    try (var tree = Files.walk(project)) {
      for (var file : (Iterable<Path>) tree::iterator) {
        if (Files.isSymbolicLink(file)) {
          requireLink(file);
        } else if (!Files.isDirectory(file)) {
          RegularFile.require(file);
        }
      }
    } catch (UncheckedIOException | IOException e) {
      var reason = e instanceof FileSystemException f ? f.getReason() : null;
      var where = e instanceof FileSystemException f ? f.getFile() : project.toString();
      throw new InvalidInput(
          "cannot be in a project that is not trusted",
          where,
          reason == null ? String.valueOf(e.getMessage()) : reason,
          "",
          e);
    }
  }

  private void requireLink(Path link) throws IOException {
    var name = project.relativize(link).toString();
    try {
      new LinkPath(project).check(name);
    } catch (ArchiveRefused e) {
      throw outside(Files.readSymbolicLink(link).toString(), name);
    }
  }

  /// @param what the path or program that is refused
  public static InvalidInput outside(String what, String where) {
    return new InvalidInput(
        "names what is not in the project: `" + what + "`",
        where,
        "the project is not trusted",
        "without `--untrusted` it may, if the project is yours");
  }

  private static Path real(Path path) {
    for (var above = path; above != null; above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
        try {
          return above.toRealPath().resolve(above.relativize(path)).normalize();
        } catch (IOException e) {
          return end(above);
        }
      }
    }
    return path;
  }

  /// Where a link leads of which the end does not exist.
  private static Path end(Path link) {
    try {
      var parent = link.resolveSibling(".").toRealPath();
      return parent.resolve(Files.readSymbolicLink(link)).normalize();
    } catch (IOException e) {
      return link.getRoot();
    }
  }
}
