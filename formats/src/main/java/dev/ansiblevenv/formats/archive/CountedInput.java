package dev.ansiblevenv.formats.archive;

import java.io.IOException;
import java.io.InputStream;

/// Refuses to read more than is allowed. Skips by reading, so that nothing passes uncounted.
final class CountedInput extends BulkInput {

  private final InputStream in;
  private final long total;
  private long count;
  private long limit;

  /// @param total the most bytes that may ever be read
  CountedInput(InputStream in, long total) {
    this.in = in;
    this.total = total;
    this.limit = total;
  }

  /// Until the next call, allows this many more bytes, and never more than the total.
  void allow(long more) {
    limit = more < total - count ? count + more : total;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var read = in.read(buffer, offset, (int) Math.min(length, limit - count + 1));
    if (read > 0) {
      count += read;
      if (count > limit) {
        throw new ArchiveRefused(
            limit < total
                ? "it has a header of more than " + TarReader.LARGEST_HEADER + " bytes"
                : "it unpacks to more than " + total + " bytes");
      }
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
