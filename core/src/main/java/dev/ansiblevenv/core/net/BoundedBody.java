package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.formats.archive.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/// A body, decompressed, of which no more is read than is allowed. More is not a broken connection:
/// it is never tried again.
final class BoundedBody extends BulkInput {

  private final InputStream in;
  private final URI uri;
  private final long most;
  private long left;

  BoundedBody(InputStream body, URI uri, long most) {
    this.in = body;
    this.uri = uri;
    this.most = most;
    this.left = most;
  }

  /// @throws Unresolvable when there is more than allowed
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var read = in.read(buffer, offset, (int) Math.min(length, left + 1));
    left -= Math.max(read, 0);
    if (left < 0) {
      throw new Unresolvable(
          "cannot fetch",
          Redacted.url(uri),
          "the server sends more than " + most + " bytes",
          "check the address");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
