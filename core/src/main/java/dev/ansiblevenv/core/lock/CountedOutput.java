package dev.ansiblevenv.core.lock;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Knows how much went through.
final class CountedOutput extends FilterOutputStream {

  private long length;

  CountedOutput(OutputStream out) {
    super(out);
  }

  long length() {
    return length;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    length++;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    out.write(bytes, offset, count);
    length += count;
  }
}
