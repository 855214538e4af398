package dev.ansiblevenv.orchestration.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;

/// The last of what a run prints, so that many runs take little memory.
final class OutputTail {

  private static final int BYTES = 4096;
  private static final int LINES = 15;

  private final byte[] kept = new byte[BYTES];
  private long total;

  void add(ByteBuffer bytes) {
    var rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      kept[(int) (total++ % BYTES)] = rest.get();
    }
  }

  /// Without empty lines; a first line that is not whole is left out.
  List<String> lines() {
    var size = (int) Math.min(total, BYTES);
    var inOrder = new byte[size];
    for (var i = 0; i < size; i++) {
      inOrder[i] = kept[(int) ((total - size + i) % BYTES)];
    }
    var lines = new String(inOrder, UTF_8).lines().toList();
    var whole = total > BYTES ? lines.subList(1, lines.size()) : lines;
    var shown = whole.stream().map(String::stripTrailing).filter(line -> !line.isEmpty()).toList();
    return shown.subList(Math.max(0, shown.size() - LINES), shown.size());
  }
}
