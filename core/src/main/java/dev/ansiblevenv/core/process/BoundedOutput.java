package dev.ansiblevenv.core.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The beginning and the end of what a program writes, whatever it writes.
final class BoundedOutput {

  static final int TAIL = 64 << 10;

  private final int headBytes;
  private final byte[] piece = new byte[1 << 16];
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final byte[] tail = new byte[TAIL];
  private long behindHead;

  /// @param headBytes of the beginning are kept
  BoundedOutput(int headBytes) {
    this.headBytes = headBytes;
  }

  /// Takes what is there without waiting for more.
  ///
  /// @param stream of a process: the JDK takes what is left in it when the process ends, under the
  ///   stream's own monitor
  /// @return whether anything was there
  boolean takeAvailable(InputStream stream) throws IOException {
    int length;
    synchronized (stream) {
      var available = stream.available();
      length = available <= 0 ? 0 : stream.read(piece, 0, Math.min(available, piece.length));
    }
    for (var i = 0; i < length; ) {
      var room = Math.min(headBytes - head.size(), length - i);
      if (room > 0) {
        head.write(piece, i, room);
        i += room;
      } else {
        tail[(int) (behindHead++ % TAIL)] = piece[i++];
      }
    }
    return length > 0;
  }

  /// All of it as UTF-8, or both ends with a line between them that says how much is missing.
  String text() {
    if (behindHead <= TAIL) {
      return head.toString(StandardCharsets.UTF_8) + end((int) behindHead);
    }
    return head.toString(StandardCharsets.UTF_8)
        + "\n[… "
        + (behindHead - TAIL)
        + " bytes of output are left out here …]\n"
        + end(TAIL);
  }

  private String end(int length) {
    var start = (int) ((behindHead - length) % TAIL);
    var ordered = new byte[length];
    for (var i = 0; i < length; i++) {
      ordered[i] = tail[(start + i) % TAIL];
    }
    return new String(ordered, StandardCharsets.UTF_8);
  }
}
