package dev.ansiblevenv.formats.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Reads the entries that the central directory lists, in the order of their bytes. Two that share
/// bytes are refused: so does an archive of kilobytes unpack to petabytes.
final class ZipReader implements ArchiveReader {

  private static final int KIND = 0170000;
  private static final int SYMBOLIC_LINK = 0120000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LONGEST_TARGET = 4096;

  private final ZipFile zip;
  private final ArchiveLimits limits;
  private final Iterator<ZipArchiveEntry> entries;
  private InputStream content = InputStream.nullInputStream();
  private long left;
  private long end;
  private final EntryCount members;

  private ZipReader(ZipFile zip, long most, ArchiveLimits limits) {
    this.zip = zip;
    this.limits = limits;
    this.left = most;
    this.members = new EntryCount(limits);
    this.entries = Collections.list(zip.getEntriesInPhysicalOrder()).iterator();
  }

  static ZipReader open(Path file, ArchiveLimits limits) throws IOException {
    var packed = Files.size(file);
    try {
      return new ZipReader(ZipFile.builder().setPath(file).get(), limits.bytesFor(packed), limits);
    } catch (IOException | RuntimeException e) {
      throw MemberContent.damaged(e);
    }
  }

  @Override
  public ArchiveLimits limits() {
    return limits;
  }

  @Override
  public @Nullable ArchiveMember next() throws ArchiveRefused {
    if (!entries.hasNext()) {
      return null;
    }
    members.add();
    var entry = entries.next();
    try {
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw ArchiveRefused.member(entry.getName(), "encrypted");
      }
      var kind = kind(entry);
      var path = MemberPath.of(entry.getName(), kind == ArchiveMember.Kind.DIRECTORY, limits);
      content = opened(entry);
      var target =
          kind == ArchiveMember.Kind.LINK
              ? new String(content(LONGEST_TARGET), StandardCharsets.UTF_8)
              : "";
      return new ArchiveMember(
          path, kind, target, (entry.getUnixMode() & 0100) != 0, entry.getSize());
    } catch (IOException | RuntimeException e) {
      throw MemberContent.damaged(e);
    }
  }

  private InputStream opened(ZipArchiveEntry entry) throws IOException {
    var unpacked = zip.getInputStream(entry);
    if (unpacked == null || entry.getDataOffset() < end) {
      throw ArchiveRefused.member(entry.getName(), "made of another member's bytes");
    }
    end = entry.getDataOffset() + entry.getCompressedSize();
    return new MemberContent(new Budgeted(unpacked));
  }

  private static ArchiveMember.Kind kind(ZipArchiveEntry entry) throws ArchiveRefused {
    return switch (entry.getUnixMode() & KIND) {
      case 0 -> entry.isDirectory() ? ArchiveMember.Kind.DIRECTORY : ArchiveMember.Kind.FILE;
      case REGULAR -> ArchiveMember.Kind.FILE;
      case DIRECTORY -> ArchiveMember.Kind.DIRECTORY;
      case SYMBOLIC_LINK -> ArchiveMember.Kind.LINK;
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
    zip.close();
  }

  /// One budget for all members.
  private final class Budgeted extends BulkInput {

    private final InputStream in;

    Budgeted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var read = in.read(buffer, offset, (int) Math.min(length, left + 1));
      left -= Math.max(read, 0);
      if (left < 0) {
        throw new ArchiveRefused("it unpacks to more bytes than an archive of its size may");
      }
      return read;
    }
  }
}
