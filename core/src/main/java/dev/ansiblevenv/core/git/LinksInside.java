package dev.ansiblevenv.core.git;

import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.formats.archive.ArchiveRefused;
import dev.ansiblevenv.formats.archive.LinkPath;
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
        new LinkPath(real).check(real.relativize(file).toString());
      }
    } catch (ArchiveRefused e) {
      throw new Unresolvable(
          "cannot use " + address.url(), where, String.valueOf(e.getMessage()), "", e);
    }
  }
}
