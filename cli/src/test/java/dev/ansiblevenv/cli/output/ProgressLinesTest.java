package dev.ansiblevenv.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.orchestration.process.Progress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;

  @Test
  void in_a_pipe_a_step_is_one_plain_line() {
    try (var progress = new ProgressLines(output(false, Map.of()))) {
      progress.accept(new Progress.Step("Resolving"));
      progress.accept(new Progress.Warning("slow"));
    }

    assertThat(err.toString(UTF_8)).isEqualTo("  Resolving\nwarning: slow\n");
  }

  @Test
  void on_a_terminal_the_line_of_a_long_step_ends_with_the_time_it_took() {
    try (var progress = new ProgressLines(output(true, Map.of("NO_COLOR", "1")))) {
      progress.accept(new Progress.Step("Resolving"));
      now = now.plusMillis(1540);
      progress.accept(new Progress.Step("Building"));
      now = now.plusSeconds(125);
      progress.accept(new Progress.Step("Linking"));
      progress.accept(new Progress.Warning("slow"));
    }

    assertThat(err.toString(UTF_8))
        .isEqualTo("  Resolving (1.5 s)\n  Building (2 min 05 s)\n  Linking\nwarning: slow\n");
  }

  @Test
  void a_terminal_that_takes_colours_has_coloured_labels() {
    output(true, Map.of("TERM", "xterm")).line(Label.ERROR, "x");
    output(true, Map.of("TERM", "dumb")).line(Label.ERROR, "y");

    assertThat(err.toString(UTF_8)).isEqualTo("\u001b[1;31merror\u001b[0m: x\nerror: y\n");
  }

  @Test
  void the_runs_bytes_go_to_standard_output_as_they_are() {
    var bytes = new byte[] {(byte) 0xff, 0, '\r', '\n', 27};
    try (var progress = new ProgressLines(output(false, Map.of()))) {
      progress.accept(new Progress.Output(ByteBuffer.wrap(bytes)));
    }

    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThat(err.size()).isZero();
  }

  @Test
  void beside_a_document_the_run_shows_on_standard_error() {
    var output = output(false, Map.of());
    output.format(Format.JSON);
    try (var progress = new ProgressLines(output)) {
      progress.accept(new Progress.Output(ByteBuffer.wrap("PLAY".getBytes(UTF_8))));
    }

    assertThat(out.size()).isZero();
    assertThat(err.toString(UTF_8)).isEqualTo("PLAY");
  }

  private Output output(boolean terminal, Map<String, String> environment) {
    var clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    return new Output(
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            terminal,
            terminal,
            80,
            environment,
            Path.of("/"),
            clock));
  }
}
