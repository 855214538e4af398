package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.archive.ArchiveLimits;
import dev.ansiblevenv.formats.archive.ArchiveMember;
import dev.ansiblevenv.formats.archive.ArchiveReader;
import dev.ansiblevenv.formats.archive.ArchiveRefused;
import dev.ansiblevenv.formats.archive.Unpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A role as an archive: what a server or `git archive` makes of it, or our own. Which of its
/// members are the role's files is ansible-galaxy's rule (`galaxy/role.py`): the directory of the
/// shortest path to a `meta/main.yml` is the role, and stripped off.
record RoleArchive(Path file, String shown) {

  private static final ArchiveLimits LIMITS = ArchiveLimits.DEFAULT.withBytes(512L << 20);

  /// Writes the role's files as a tarball of which the same files make the same bytes.
  ///
  /// @param unpacked a directory that does not exist yet, for the role's files
  /// @throws InvalidInput when the archive holds no role, or something that leads out of it
  void repack(Path unpacked, Path target) throws IOException {
    try {
      var role = role();
      unpack(
          unpacked,
          member -> member.isFile() || member.isLink() ? stripped(member.path(), role) : null);
      checkMeta(unpacked);
    } catch (ArchiveRefused e) {
      throw invalid(String.valueOf(e.getMessage()), e);
    }
    try (var tar = new CollectionTar(Files.newOutputStream(target))) {
      for (var path : paths(unpacked)) {
        var file = unpacked.resolve(path);
        if (Files.isSymbolicLink(file)) {
          tar.link(path, Files.readSymbolicLink(file).toString());
        } else {
          tar.file(path, Files.readAllBytes(file), Files.isExecutable(file));
        }
      }
    }
  }

  /// Unpacks one of our own into a new directory.
  void unpack(Path target) throws IOException {
    try {
      unpack(target, ArchiveMember::path);
    } catch (ArchiveRefused e) {
      throw invalid(String.valueOf(e.getMessage()), e);
    }
  }

  private void unpack(Path target, Unpacker.Placement placement) throws IOException {
    try (var tar = ArchiveReader.tar(file, LIMITS)) {
      Unpacker.unpack(tar, target, placement);
    }
  }

  /// The path of the role's directory in the archive; empty when the archive is the role.
  private String role() throws IOException {
    String role = null;
    try (var tar = ArchiveReader.tar(file, LIMITS)) {
      for (ArchiveMember member; (member = tar.next()) != null; ) {
        var found = parent(member.path());
        if (found != null && (role == null || found.length() < role.length())) {
          role = found;
        }
      }
    }
    if (role == null) {
      throw new ArchiveRefused("it has no meta/main.yml");
    }
    return role;
  }

  private static @Nullable String parent(String name) {
    if (!name.contains("meta/main.yml") && !name.contains("meta/main.yaml")) {
      return null;
    }
    var meta = name.substring(0, name.lastIndexOf('/'));
    return meta.contains("/") ? meta.substring(0, meta.lastIndexOf('/')) : "";
  }

  private static String stripped(String name, String role) {
    var at = name.indexOf(role);
    return at < 0 || role.isEmpty()
        ? name
        : (name.substring(0, at) + name.substring(at + role.length())).replaceFirst("^/+", "");
  }

  private void checkMeta(Path role) throws IOException {
    for (var name : List.of("meta/main.yml", "meta/main.yaml")) {
      CollectionDirectory.yaml(role.resolve(name), shown + ":" + name);
    }
  }

  /// Files and links, sorted as text.
  private static TreeSet<String> paths(Path root) throws IOException {
    var paths = new TreeSet<String>();
    try (var tree = Files.walk(root)) {
      tree.filter(file -> Files.isSymbolicLink(file) || Files.isRegularFile(file))
          .forEach(file -> paths.add(root.relativize(file).toString()));
    }
    return paths;
  }

  private InvalidInput invalid(String why, ArchiveRefused cause) {
    return new InvalidInput("is not a role", shown, why, "", cause);
  }
}
