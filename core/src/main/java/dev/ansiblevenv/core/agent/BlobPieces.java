package dev.ansiblevenv.core.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Packs the contents of many blobs into few frames.
final class BlobPieces {

  private static final int SIZE = 1 << 18;

  private final Exchange exchange;
  private final byte[] buffer = new byte[SIZE];
  private int used;

  BlobPieces(Exchange exchange) {
    this.exchange = exchange;
  }

  /// Takes some bytes of a stream.
  ///
  /// @return how many; below zero at the stream's end
  int fill(InputStream in, long wanted) throws IOException {
    var length = in.read(buffer, used, (int) Math.min(SIZE - used, wanted));
    used += Math.max(length, 0);
    flushIfFull();
    return length;
  }

  /// Adds zeros.
  void pad(long wanted) {
    for (var left = wanted; left > 0; ) {
      var length = (int) Math.min(SIZE - used, left);
      Arrays.fill(buffer, used, used + length, (byte) 0);
      used += length;
      left -= length;
      flushIfFull();
    }
  }

  private void flushIfFull() {
    if (used == SIZE) {
      flush();
    }
  }

  void flush() {
    if (used > 0) {
      exchange.sendBlob(Arrays.copyOf(buffer, used));
      used = 0;
    }
  }
}
