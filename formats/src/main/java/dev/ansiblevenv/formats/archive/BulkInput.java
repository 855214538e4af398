package dev.ansiblevenv.formats.archive;

import java.io.IOException;
import java.io.InputStream;

/// An input that is read in pieces; reading a single byte is reading a piece of one.
public abstract class BulkInput extends InputStream {

  @Override
  public final int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
