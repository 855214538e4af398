package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.run.RunLimits;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunResult.Reason;
import dev.ansiblevenv.core.run.RunResult.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host ends runs that take too long by itself.
class RunLimitsIT {

  private static final String VENV = "limits_1";

  /// One that stays in the tree, one that leaves it, one that is stopped and one that ignores TERM.
  private static final String SLEEPERS =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - ansible.builtin.shell: |
              setsid nohup sleep %1$s >/dev/null 2>&1 &
              sleep %1$s & kill -STOP $!
              trap '' TERM
              sleep %1$s; sleep %1$s
      """;

  @TempDir static Path directory;
  private static TestHost host;

  @BeforeAll
  static void a_host_with_a_venv() {
    host = TestHost.with(directory, VENV);
  }

  @Test
  void a_run_that_takes_too_long_is_ended_with_all_that_it_started() {
    var sleep = "71" + ProcessHandle.current().pid();
    var result = run(SLEEPERS.formatted(sleep), limits(4, 0));
    assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(result.reason()).contains(Reason.TIMEOUT);
    assertThat(result.survivors()).isEmpty();
    assertThat(TestHost.sleeping(sleep)).isEmpty();
    try (var session = host.open()) {
      assertThat(session.list().runs())
          .anyMatch(run -> run.id().equals(result.id()) && run.status().equals("timed-out"));
    }
  }

  @Test
  void a_run_that_prints_nothing_for_too_long_is_ended() {
    var sleep = "72" + ProcessHandle.current().pid();
    var result = run(SLEEPERS.formatted(sleep), limits(600, 3));
    assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(result.reason()).contains(Reason.IDLE_TIMEOUT);
    assertThat(TestHost.sleeping(sleep)).isEmpty();
  }

  @Test
  void output_keeps_a_run_alive() {
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.command: sleep 4
                - ansible.builtin.command: sleep 4
                - ansible.builtin.command: sleep 4
            """,
            limits(0, 10));
    assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(result.reason()).isEmpty();
  }

  @Test
  void nobody_has_to_be_connected_for_that() throws Exception {
    var sleep = "73" + ProcessHandle.current().pid();
    var request = request(SLEEPERS.formatted(sleep), limits(4, 0));
    host.startAndLeave(request);
    while (!Files.exists(host.run(request.id()).resolve("rc"))) {
      Thread.sleep(50);
    }
    assertThat(TestHost.sleeping(sleep)).isEmpty();
    try (var session = host.open()) {
      assertThat(session.attach(request.id(), 0, event -> {}).status()).isEqualTo(Status.TIMED_OUT);
    }
  }

  private static RunResult run(String playbook, RunLimits limits) {
    try (var session = host.open()) {
      return session.run(request(playbook, limits), event -> {});
    }
  }

  private static RunRequest request(String playbook, RunLimits limits) {
    var request = host.request(VENV, TestHost.lock(), playbook, Map.of());
    return new VariedRequest(request).limits(limits).get();
  }

  /// @param whole in seconds; 0 for none
  private static RunLimits limits(long whole, long idle) {
    return new RunLimits(seconds(whole), seconds(idle));
  }

  private static Optional<Duration> seconds(long number) {
    return number == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(number));
  }
}
