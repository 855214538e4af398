package dev.ansiblevenv.core.git;

import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A repository's author decides where its links lead; no file of this machine gets into a tarball
/// by that.
final class LinksInside {

  private LinksInside() {}

  /// @throws Unresolvable when a link below `root` leads out of it
  static void check(Path root, GitAddress address, String where) throws IOException {
    var real = root.toRealPath();
    try (var files = Files.walk(real)) {
      for (var file : (Iterable<Path>) files.filter(Files::isSymbolicLink)::iterator) {
        var target = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
        if (!target.startsWith(real)
            || (Files.exists(file) && !file.toRealPath().startsWith(real))) {
          throw new Unresolvable(
              "a link in a git repository leads out of it",
              where,
              address.url() + " has " + real.relativize(file) + ", a link to a place outside",
              "");
        }
      }
    }
  }
}
