package dev.ansiblevenv.formats.archive;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Unpacks an archive into a directory of its own, and writes nowhere else.
///
/// Files are written first, each where there was nothing yet, so that two members with one name, or
/// with two names that this file system takes for one, are refused. Links are made when all files
/// stand, so that nothing is written through one; then each has to lead to a place inside, over
/// places inside, whether something is there or not. Of a member's permissions only the owner's
/// right to execute counts: no setuid, no owner, no time is taken over.
public final class Unpacker {

  /// Decides which members are unpacked, and under which path.
  @FunctionalInterface
  public interface Placement {

    /// @return a path that [MemberPath] allows, or null to leave the member out
    /// @throws ArchiveRefused when it has no place in such an archive
    @Nullable String of(ArchiveMember member) throws IOException;
  }

  private static final int LONGEST_TARGET = 4095;

  private final ArchiveReader archive;
  private final Path root;
  private final Map<String, String> links = new TreeMap<>();
  private final EntryCount entries;

  private Unpacker(ArchiveReader archive, Path root) {
    this.archive = archive;
    this.root = root;
    this.entries = new EntryCount(archive.limits());
  }

  /// @param target created, and incomplete when this fails; nobody else may write there meanwhile
  /// @throws ArchiveRefused when the archive is damaged, or would write or lead outside
  /// @throws IOException when the disk cannot be written
  public static void unpack(ArchiveReader archive, Path target, Placement placement)
      throws IOException {
    Files.createDirectories(target);
    try {
      new Unpacker(archive, target.toRealPath()).unpack(placement);
    } catch (InvalidPathException e) {
      throw new ArchiveRefused("it has a name that this system cannot write", false, e);
    }
  }

  private void unpack(Placement placement) throws IOException {
    for (ArchiveMember member; (member = archive.next()) != null; ) {
      var placed = placement.of(member);
      if (placed == null || (placed.isEmpty() && member.kind() == ArchiveMember.Kind.DIRECTORY)) {
        continue;
      }
      var path = MemberPath.of(placed, false, archive.limits());
      switch (member.kind()) {
        case DIRECTORY -> directory(root.resolve(path));
        case FILE -> file(path, member.isExecutable());
        case LINK -> {
          if (links.put(path, member.target()) != null) {
            throw twice(path);
          }
        }
      }
    }
    for (var link : links.entrySet()) {
      link(link.getKey(), link.getValue());
    }
    for (var path : links.keySet()) {
      new LinkPath(root).check(path);
    }
  }

  private void file(String path, boolean isExecutable) throws IOException {
    var file = root.resolve(path);
    directory(parent(file));
    try (var out = Files.newOutputStream(file, CREATE_NEW, WRITE)) {
      entries.add();
      archive.content().transferTo(out);
    } catch (FileAlreadyExistsException e) {
      throw twice(path);
    }
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(isExecutable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private void link(String path, String target) throws IOException {
    var link = root.resolve(path);
    if (target.isEmpty() || target.length() > LONGEST_TARGET) {
      throw new ArchiveRefused("its link `" + path + "` leads nowhere");
    }
    directory(parent(link));
    if (!parent(link).toRealPath().equals(parent(link))) {
      throw new ArchiveRefused("its link `" + path + "` lies behind another link");
    }
    try {
      Files.createSymbolicLink(link, Path.of(target));
      entries.add();
    } catch (FileAlreadyExistsException e) {
      throw twice(path);
    }
  }

  private void directory(Path directory) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (directory.startsWith(root) && !directory.equals(root)) {
      directory(parent(directory));
    }
    try {
      Files.createDirectory(directory);
      entries.add();
    } catch (FileAlreadyExistsException e) {
      throw twice(root.relativize(directory).toString());
    }
  }

  private static Path parent(Path path) {
    return path.resolveSibling(".").normalize();
  }

  private static ArchiveRefused twice(String path) {
    return new ArchiveRefused("it holds `" + MemberPath.printable(path) + "` twice");
  }
}
