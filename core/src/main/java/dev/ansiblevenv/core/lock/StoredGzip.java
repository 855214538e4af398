package dev.ansiblevenv.core.lock;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/// [Gzip](https://www.rfc-editor.org/rfc/rfc1952) without compression. What a compressor makes of a
/// content differs from one zlib to the next; these bytes do not, and a lock made here holds there.
final class StoredGzip extends FilterOutputStream {

  private static final int BLOCK = 0xFFFF;

  private final byte[] block = new byte[BLOCK];
  private final CRC32 checksum = new CRC32();
  private int filled;
  private long length;
  private boolean closed;

  StoredGzip(OutputStream out) throws IOException {
    super(out);
    // Method deflate, no flags, no time, no extra flags, unknown file system.
    out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    checksum.update(bytes, offset, count);
    length += count;
    for (int done = 0; done < count; ) {
      if (filled == BLOCK) {
        emit(false);
      }
      var part = Math.min(count - done, BLOCK - filled);
      System.arraycopy(bytes, offset + done, block, filled, part);
      filled += part;
      done += part;
    }
  }

  @Override
  public void flush() {
    // A block ends where it is full, so that the bytes do not depend on who flushes when.
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      emit(true);
      littleEndian(checksum.getValue(), 4);
      littleEndian(length, 4);
      out.close();
    }
  }

  private void emit(boolean last) throws IOException {
    out.write(last ? 1 : 0);
    littleEndian(filled, 2);
    littleEndian(~filled, 2);
    out.write(block, 0, filled);
    filled = 0;
  }

  private void littleEndian(long value, int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)) & 0xff);
    }
  }
}
