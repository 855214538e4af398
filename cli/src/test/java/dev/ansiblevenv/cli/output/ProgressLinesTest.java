package dev.ansiblevenv.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.orchestration.process.Progress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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

  @Test
  void on_a_terminal_a_line_below_the_output_says_where_the_run_stands() {
    try (var progress = lines(output(true, Map.of("TERM", "xterm")))) {
      progress.accept(new Progress.Running("r1", "one", () -> {}));
      progress.draw();
      progress.accept(happened("playbook_on_play_start", "10:00:00", "\"play\":\"Web\""));
      progress.accept(printed("PLAY [Web]\n"));
      progress.draw();
      now = now.plusSeconds(2);
      progress.draw();
      progress.draw();
      progress.accept(printed("half a "));
      progress.draw();
      progress.accept(printed("line\n"));
    }

    var line = "Web  0 tasks  ok=0 changed=0 failed=0  ";
    assertThat(out.toString(UTF_8)).isEqualTo("PLAY [Web]\nhalf a line\n");
    assertThat(err.toString(UTF_8)).isEqualTo(line + "0 s\r\u001b[K" + line + "2 s\r\u001b[K");
  }

  @Test
  void the_line_counts_what_happened_and_fits_the_terminal() {
    var status = new RunStatus();
    assertThat(status.line(now, 79)).isEmpty();
    var task = "\"play\":\"Web\",\"task\":\"Install %s\"".formatted("日本".repeat(40));
    status.happened(happened("playbook_on_task_start", "10:00:00", task).event(), now);
    status.happened(
        happened("runner_on_ok", "10:01:05", "\"res\":{\"changed\":true}").event(), now);
    status.happened(
        happened("runner_on_failed", "10:01:05", "\"ignore_errors\":true").event(), now);
    status.happened(happened("runner_on_unreachable", "10:01:05", "\"x\":1").event(), now);

    assertThat(status.line(now.plusSeconds(1), 79))
        .startsWith("Web: Install 日本日本")
        .endsWith("日本  1 task  ok=1 changed=1 failed=1  1 min 06 s")
        .hasSizeLessThan(79);
    assertThat(status.line(now, 10)).startsWith("  1 task");
  }

  @Test
  void neither_a_dumb_terminal_nor_a_document_has_such_a_line() {
    var dumb = output(true, Map.of("TERM", "dumb"));
    var document = output(true, Map.of("TERM", "xterm"));
    document.format(Format.JSON);
    for (var output : List.of(dumb, document)) {
      try (var progress = lines(output)) {
        progress.accept(new Progress.Running("r1", "one", () -> {}));
        progress.accept(happened("playbook_on_play_start", "10:00:00", "\"play\":\"Web\""));
        progress.draw();
      }
    }

    assertThat(err.size()).isZero();
    assertThat(out.toString(UTF_8)).startsWith("{\"event\":").endsWith("}}\n");
  }

  private static ProgressLines lines(Output output) {
    return new ProgressLines(output, Duration.ofDays(1));
  }

  private static Progress.Output printed(String text) {
    return new Progress.Output(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static Progress.Happened happened(String name, String time, String data) {
    var text =
        "{\"event\":\"%s\",\"created\":\"2026-01-15T%s+00:00\",\"event_data\":{%s}}"
            .formatted(name, time, data);
    return new Progress.Happened(new Event.JobEvent(name, text));
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
