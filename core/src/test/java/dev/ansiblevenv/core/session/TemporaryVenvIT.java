package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.run.NewRun;
import dev.ansiblevenv.core.run.RunLimits;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A temporary venv is gone after its run, and its environment with it unless another venv is in
/// it.
@Tag("long")
class TemporaryVenvIT {

  @TempDir Path directory;
  private TestHost host;

  private enum End {
    SUCCESS,
    FAILURE,
    CANCEL,
    TIMEOUT,
    LOST_CONNECTION,
    KILLED_AGENT,
    KILLED_RUNNER,
    KILLED_PLAYBOOK,
    /// The runner, and whoever could look after what it left.
    KILLED_RUNNER_AND_AGENT
  }

  @BeforeEach
  void a_host() {
    host = new TestHost(directory);
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_left_of_it_after(End end) throws Exception {
    var reached = directory.resolve("reached");
    var gate = directory.resolve("gate");
    var template =
        host.request(
            "x",
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.file: path=%s state=touch
                - ansible.builtin.wait_for: path=%s timeout=60 sleep=1
                - ansible.builtin.fail: msg=asked-for
                  when: %s
            """
                .formatted(reached, gate, end == End.FAILURE),
            Map.of());
    var limits =
        end == End.TIMEOUT
            ? new RunLimits(Optional.of(Duration.ofSeconds(5)), Optional.empty())
            : RunLimits.NONE;
    var request = temporary(template, limits);
    var place = host.run(request.id());
    var agent = new AtomicReference<Process>();
    var session = HostSession.open(host.transport(agent), "");
    host.ensure(session, request.venv(), TestHost.lock());
    assertThat(host.environments()).hasSize(1);
    var following = FollowingThread.of(session, request);
    following.await(reached);
    assertThat(host.venv(request.venv())).exists();
    var runner = host.runner(request.id());
    switch (end) {
      case SUCCESS, FAILURE -> Files.createFile(gate);
      case CANCEL -> following.thread().interrupt();
      case TIMEOUT -> {}
      case LOST_CONNECTION -> {
        session.close();
        Files.createFile(gate);
      }
      case KILLED_AGENT -> {
        agent.get().destroyForcibly();
        Files.createFile(gate);
      }
      case KILLED_RUNNER -> runner.destroyForcibly();
      case KILLED_PLAYBOOK -> runner.children().forEach(ProcessHandle::destroyForcibly);
      case KILLED_RUNNER_AND_AGENT -> {
        agent.get().destroyForcibly();
        runner.destroyForcibly();
        runner.onExit().get();
      }
    }
    if (end == End.LOST_CONNECTION || end == End.KILLED_AGENT) {
      runner.onExit().get();
    } else if (end != End.KILLED_RUNNER_AND_AGENT) {
      var status = following.result().get().status();
      assertThat(status)
          .isEqualTo(
              switch (end) {
                case SUCCESS -> Status.SUCCEEDED;
                case CANCEL -> Status.CANCELLED;
                case TIMEOUT -> Status.TIMED_OUT;
                case KILLED_RUNNER -> Status.INTERRUPTED;
                default -> Status.FAILED;
              });
    }
    session.close();
    if (end == End.KILLED_RUNNER_AND_AGENT) {
      assertThat(host.venv(request.venv())).exists();
      try (var next = host.open()) {
        assertThat(next.list().venvs()).isEmpty();
      }
    }
    assertNothingLeft();
  }

  @Test
  void a_controller_that_leaves_before_the_run_leaves_nothing() throws Exception {
    try (var session = host.open()) {
      host.ensure(session, "x.tmp-20260101T000000-00000000", TestHost.lock());
      assertThat(session.list().venvs()).isEmpty();
      assertThat(host.environments()).hasSize(1);
    }
    assertNothingLeft();
  }

  @Test
  void an_environment_that_another_venv_is_in_stays() throws Exception {
    try (var session = host.open()) {
      host.ensure(session, "lasting", TestHost.lock());
      var request =
          temporary(
              host.request("x", TestHost.lock(), "- hosts: all\n  gather_facts: false\n", Map.of()),
              RunLimits.NONE);
      var result =
          session
              .ensureAndRun(
                  new EnvironmentRequest(request.venv(), TestHost.lock()),
                  facts -> TestHost.inputs(Map.of()),
                  progress -> {},
                  environment -> {},
                  new NewRun(request, NewRun.USUALLY_KEPT),
                  event -> {})
              .orElseThrow();
      assertThat(result.succeeded()).isTrue();
      assertThat(host.venv(request.venv())).doesNotExist();
      assertThat(session.verify("lasting").status()).isEqualTo(Verification.Status.HEALTHY);
    }
  }

  @Test
  void of_several_at_once_the_last_takes_the_environment_with_it() throws Exception {
    var requests =
        IntStream.range(0, 6)
            .mapToObj(number ->
                temporary(
                    host.request(
                        "x", TestHost.lock(), "- hosts: all\n  gather_facts: false\n", Map.of()),
                    RunLimits.NONE))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs =
          threads.invokeAll(
              requests.stream()
                  .<Callable<RunResult>>map(request ->
                      () -> {
                        try (var session = host.open()) {
                          return session
                              .ensureAndRun(
                                  new EnvironmentRequest(request.venv(), TestHost.lock()),
                                  facts -> TestHost.inputs(Map.of()),
                                  progress -> {},
                                  environment -> {},
                                  new NewRun(request, NewRun.USUALLY_KEPT),
                                  event -> {})
                              .orElseThrow();
                        }
                      })
                  .toList());
      for (var run : runs) {
        assertThat(run.get().succeeded()).isTrue();
      }
    }
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    assertThat(host.environments()).isEmpty();
    try (var venvs = Files.list(host.home.resolve("venvs"))) {
      assertThat(venvs).isEmpty();
    }
    try (var locks = Files.list(host.store().resolve("locks"))) {
      assertThat(locks.filter(lock -> lock.toString().contains(".tmp-"))).isEmpty();
    }
  }

  private static RunRequest temporary(RunRequest request, RunLimits limits) {
    return new VariedRequest(request).venv("x.tmp-" + request.id().text()).limits(limits).get();
  }
}
