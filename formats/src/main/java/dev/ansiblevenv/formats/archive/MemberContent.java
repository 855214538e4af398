package dev.ansiblevenv.formats.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A member's bytes. Whatever is wrong with the archive is an [ArchiveRefused], so that every other
/// [IOException] is the disk's.
final class MemberContent extends BulkInput {

  private final InputStream in;

  MemberContent(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  static ArchiveRefused damaged(Exception e) {
    if (e instanceof ArchiveRefused refused) {
      return refused;
    }
    var isTruncated =
        e instanceof EOFException || String.valueOf(e.getMessage()).contains("runcated");
    var why = isTruncated ? "it ends early" : "it is damaged: " + e.getMessage();
    return new ArchiveRefused(why, isTruncated, e);
  }
}
