package dev.ansiblevenv.formats.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The members of an archive, one after the other. Whoever reads one sees only paths that
/// [MemberPath] allows, only files, directories and symbolic links, and never more than
/// [ArchiveLimits] allows.
public interface ArchiveReader extends Closeable {

  /// A tar archive, gzipped or not.
  ///
  /// @throws IOException when the file cannot be read
  static ArchiveReader tar(Path file, ArchiveLimits limits) throws IOException {
    return TarReader.open(file, limits);
  }

  /// A zip archive: a wheel.
  ///
  /// @throws ArchiveRefused when it is none
  /// @throws IOException when the file cannot be read
  static ArchiveReader zip(Path file, ArchiveLimits limits) throws IOException {
    return ZipReader.open(file, limits);
  }

  ArchiveLimits limits();

  /// @return null behind the last one
  /// @throws ArchiveRefused when the archive is damaged, or holds what it may not
  @Nullable ArchiveMember next() throws ArchiveRefused;

  /// What the member that [#next] returned last holds. Reading it fails with [ArchiveRefused].
  InputStream content();

  /// The same in memory.
  ///
  /// @throws ArchiveRefused when it has more bytes than `most`
  default byte[] content(int most) throws IOException {
    var content = content().readNBytes(most + 1);
    if (content.length > most) {
      throw new ArchiveRefused("it has a file of metadata of more than " + most + " bytes");
    }
    return content;
  }
}
