package dev.ansiblevenv.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.fleet.FleetProgress;
import dev.ansiblevenv.orchestration.fleet.HostOutcome;
import dev.ansiblevenv.orchestration.fleet.HostOutcomes;
import dev.ansiblevenv.orchestration.process.Progress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FleetLinesTest {

  private static final HostWords<String> WORDS =
      new HostWords<>() {
        @Override
        public Map<String, Object> document(String result) {
          return Map.of();
        }

        @Override
        public List<String> columns() {
          return List.of("WHAT");
        }

        @Override
        public List<List<String>> rows(String result) {
          return List.of(List.of(result));
        }

        @Override
        public String said(String result) {
          return result;
        }

        @Override
        public List<String> below(String result) {
          return List.of("its last words");
        }
      };

  private static final HostOutcome<String> GOOD = outcome("one", ExitCode.DONE, "changed=1");
  private static final HostOutcome<String> BAD = outcome("two", ExitCode.RUN_FAILED, "changed=0");
  private static final HostOutcome<String> DEAD =
      new HostOutcome<>(
          "three",
          ExitCode.UNREACHABLE,
          Optional.empty(),
          Optional.of(new HostUnreachable("refuses", "three", "no sshd", "start it")),
          Duration.ZERO);

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void in_a_pipe_each_host_has_its_line_and_a_hint_is_given_once() {
    show(
        false,
        List.of(
            new FleetProgress.Ended<>(GOOD),
            new FleetProgress.Ended<>(BAD),
            new FleetProgress.Ended<>(DEAD),
            new FleetProgress.Ended<>(DEAD)));

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
              Linting
            one: ok in 3.2 s, changed=1
            two: failed in 3.2 s, changed=0
              | its last words
            error: three: refuses: no sshd
            hint: start it
            error: three: refuses: no sshd
            """);
  }

  @Test
  void on_a_terminal_one_line_counts_and_makes_way_for_others() {
    show(
        true,
        List.of(
            new FleetProgress.Begun<>("one"),
            new FleetProgress.Begun<>("two"),
            new FleetProgress.Ended<>(BAD)));

    assertThat(err.toString(UTF_8))
        .contains("\r\u001b[K0 of 3 done, 2 running\r\u001b[Ktwo: failed in 3.2 s")
        .endsWith("\r\u001b[K1 of 3 done, 1 running, 1 failed\r\u001b[K");
  }

  @Test
  void the_exit_code_is_what_those_that_failed_share_or_that_a_playbook_failed() {
    assertThat(code(false, List.of(GOOD))).isEqualTo(ExitCode.DONE);
    assertThat(code(false, List.of(GOOD, DEAD, DEAD))).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(code(false, List.of(GOOD, DEAD, BAD))).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(code(true, List.of(GOOD, DEAD))).isEqualTo(ExitCode.CANCELLED);
  }

  @Test
  void a_table_has_a_row_for_every_host() {
    var view = new HostsView<>(new HostOutcomes<>(List.of(GOOD, DEAD), false), WORDS);

    assertThat(view.text())
        .isEqualTo(
            """
            HOST   STATUS       TIME   WHAT
            one    ok           3.2 s  changed=1
            three  unreachable  0.0 s
            """);
    assertThat(view.summary()).isEqualTo("2 hosts, 1 ok, 1 not");
  }

  private static ExitCode code(boolean cancelled, List<HostOutcome<String>> hosts) {
    return new HostOutcomes<>(hosts, cancelled).exitCode();
  }

  private void show(boolean terminal, List<FleetProgress<String>> all) {
    var console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            terminal,
            terminal,
            80,
            Map.of("NO_COLOR", "1"),
            Path.of("/"),
            Clock.systemUTC());
    try (var lines = new FleetLines<>(new Output(console), WORDS)) {
      lines.accept(new FleetProgress.Together<>(new Progress.Step("Linting")));
      lines.accept(new FleetProgress.Chosen<>(3));
      for (var each : all) {
        lines.accept(each);
      }
    }
  }

  private static HostOutcome<String> outcome(String host, ExitCode code, String result) {
    return new HostOutcome<>(
        host, code, Optional.of(result), Optional.empty(), Duration.ofMillis(3200));
  }
}
