package dev.ansiblevenv.formats.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

final class TarReader implements ArchiveReader {

  /// A member's header with its extensions: the library keeps them in memory.
  static final int LARGEST_HEADER = 32 << 10;

  private static final int GZIP = 0x1f8b;

  private final CountedInput counted;
  private final TarArchiveInputStream tar;
  private final MemberContent content;
  private final ArchiveLimits limits;
  private final EntryCount members;

  private TarReader(InputStream unpacked, long most, ArchiveLimits limits) {
    this.counted = new CountedInput(unpacked, most);
    this.tar = new TarArchiveInputStream(counted, StandardCharsets.UTF_8.name());
    this.content = new MemberContent(tar);
    this.limits = limits;
    this.members = new EntryCount(limits);
  }

  static TarReader open(Path file, ArchiveLimits limits) throws IOException {
    var packed = Files.size(file);
    var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(2);
      var magic = (raw.read() << 8) | raw.read();
      raw.reset();
      return new TarReader(magic == GZIP ? gunzipped(raw) : raw, limits.bytesFor(packed), limits);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream gunzipped(InputStream raw) throws ArchiveRefused {
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      throw MemberContent.damaged(e);
    }
  }

  @Override
  public ArchiveLimits limits() {
    return limits;
  }

  @Override
  public @Nullable ArchiveMember next() throws ArchiveRefused {
    TarArchiveEntry entry;
    try {
      if (!members.isZero()) {
        tar.transferTo(OutputStream.nullOutputStream());
      }
      counted.allow(LARGEST_HEADER);
      entry = tar.getNextEntry();
      counted.allow(Long.MAX_VALUE);
    } catch (IOException | RuntimeException e) {
      throw MemberContent.damaged(e);
    }
    if (entry == null) {
      return null;
    }
    members.add();
    return member(entry);
  }

  private ArchiveMember member(TarArchiveEntry entry) throws ArchiveRefused {
    var kind = kind(entry);
    var path = MemberPath.of(entry.getName(), kind == ArchiveMember.Kind.DIRECTORY, limits);
    var target = kind == ArchiveMember.Kind.LINK ? entry.getLinkName() : "";
    return new ArchiveMember(path, kind, target, (entry.getMode() & 0100) != 0, entry.getSize());
  }

  private static ArchiveMember.Kind kind(TarArchiveEntry entry) throws ArchiveRefused {
    if (entry.isSparse()) {
      throw ArchiveRefused.member(entry.getName(), "a sparse file");
    }
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_NORMAL, TarConstants.LF_CONTIG -> ArchiveMember.Kind.FILE;
      case TarConstants.LF_OLDNORM ->
          entry.getName().endsWith("/") ? ArchiveMember.Kind.DIRECTORY : ArchiveMember.Kind.FILE;
      case TarConstants.LF_DIR -> ArchiveMember.Kind.DIRECTORY;
      case TarConstants.LF_SYMLINK -> ArchiveMember.Kind.LINK;
      case TarConstants.LF_LINK -> throw ArchiveRefused.member(entry.getName(), "a hard link");
      default ->
          throw ArchiveRefused.member(entry.getName(), "neither a file nor a directory nor a link");
    };
  }

  @Override
  public InputStream content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
