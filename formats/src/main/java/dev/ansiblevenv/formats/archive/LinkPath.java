package dev.ansiblevenv.formats.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Follows one link as the system does, name by name, and never out of `root`.
public final class LinkPath {

  /// As Linux.
  private static final int MOST_LINKS = 40;

  private final Path root;
  private int followed;

  /// @param root a real path
  public LinkPath(Path root) {
    this.root = root;
  }

  /// @param link relative to the root, with `/`
  /// @throws ArchiveRefused when a step of the way lies outside, or there is no end to it
  public void check(String link) throws IOException {
    var here = root;
    Deque<String> left = new ArrayDeque<>(List.of(link.split("/", -1)));
    while (!left.isEmpty()) {
      var name = left.pop();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      var next = name.equals("..") ? here.resolveSibling(".").normalize() : here.resolve(name);
      if (!next.startsWith(root)) {
        throw refused(link, "leads out of it");
      }
      if (Files.isSymbolicLink(next)) {
        if (++followed > MOST_LINKS) {
          throw refused(link, "leads nowhere");
        }
        var target = Files.readSymbolicLink(next).toString();
        if (target.startsWith("/")) {
          throw refused(link, "leads out of it");
        }
        List.of(target.split("/", -1)).reversed().forEach(left::push);
      } else {
        here = next;
      }
    }
  }

  private static ArchiveRefused refused(String link, String why) {
    return new ArchiveRefused("its link `" + MemberPath.printable(link) + "` " + why);
  }
}
