package dev.ansiblevenv.orchestration.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutputTailTest {

  private final OutputTail tail = new OutputTail();

  @Test
  void the_last_lines_are_kept_whole_whatever_the_pieces_are() {
    var text =
        IntStream.range(0, 5000)
            .mapToObj(number -> "line ä " + number + "\n\n")
            .collect(Collectors.joining());
    var bytes = text.getBytes(UTF_8);
    for (var at = 0; at < bytes.length; at += 777) {
      tail.add(ByteBuffer.wrap(bytes, at, Math.min(777, bytes.length - at)));
    }

    assertThat(tail.lines()).hasSize(15).startsWith("line ä 4985").endsWith("line ä 4999");
  }

  @Test
  void a_line_without_end_and_no_output_at_all_are_no_trouble() {
    assertThat(tail.lines()).isEmpty();
    tail.add(ByteBuffer.wrap("x".repeat(10_000).getBytes(UTF_8)));
    assertThat(tail.lines()).isEmpty();
    tail.add(ByteBuffer.wrap("\nend".getBytes(UTF_8)));
    assertThat(tail.lines()).containsExactly("end");
  }
}
