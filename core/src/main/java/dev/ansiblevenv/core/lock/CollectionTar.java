package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes a collection's tarball so that the bytes depend on nothing but names, contents and the
/// executable bit.
final class CollectionTar implements AutoCloseable {

  private final TarArchiveOutputStream tar;

  CollectionTar(OutputStream out) throws IOException {
    tar = new TarArchiveOutputStream(new StoredGzip(out), StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  void file(String path, byte[] content, boolean executable) throws IOException {
    var entry = entry(new TarArchiveEntry(path), executable ? 0755 : 0644);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  void link(String path, String target) throws IOException {
    var entry = entry(new TarArchiveEntry(path, TarConstants.LF_SYMLINK), 0755);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /// What lies at `path`: a directory, a link that stays one if it points into the collection, else
  /// a file.
  void copy(Path root, String path) throws IOException {
    var file = root.resolve(path);
    var real = root.toRealPath();
    if (Files.isSymbolicLink(file) && file.toRealPath().startsWith(real)) {
      var parent = file.resolveSibling(".").toRealPath();
      link(path, parent.relativize(file.toRealPath()).toString());
    } else if (Files.isDirectory(file)) {
      tar.putArchiveEntry(entry(new TarArchiveEntry(path + "/"), 0755));
      tar.closeArchiveEntry();
    } else {
      RegularFile.require(file);
      file(path, Files.readAllBytes(file), isExecutable(file));
    }
  }

  private static boolean isExecutable(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private static TarArchiveEntry entry(TarArchiveEntry entry, int mode) {
    entry.setMode(mode);
    entry.setModTime(0L);
    entry.setUserId(0);
    entry.setGroupId(0);
    entry.setUserName("");
    entry.setGroupName("");
    return entry;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
