package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunResult.Status;
import dev.ansiblevenv.core.run.RunSecrets;
import dev.ansiblevenv.core.run.Secret;
import dev.ansiblevenv.testing.CheckedBecome;
import dev.ansiblevenv.testing.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Wherever a host keeps something, no secret is there: while the run that has it goes on, and
/// after it, however it ended.
class RunSecretsIT {

  private static final String VENV = "secret_1";
  private static final String TOKEN = "t0ken-" + "5".repeat(11);
  private static final String VAULT = "v4ult-" + "6".repeat(11);
  private static final String CONFIGURED = "c0nf1g-" + "7".repeat(11);
  private static final String BECOME = "b3come-" + "8".repeat(11);

  @TempDir static Path directory;
  private static TestHost host;

  private enum End {
    SUCCESS,
    FAILURE,
    CANCEL,
    KILLED_RUNNER,
    KILLED_PLAYBOOK,
    KILLED_AGENT
  }

  @BeforeAll
  static void a_host_with_a_venv() {
    host = TestHost.with(directory, VENV);
  }

  @AfterAll
  static void nothing_in_memory_files_either() {
    assertThat(Traces.of(secrets(), List.of(Path.of("/dev/shm")))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void no_secret_is_found_anywhere_during_and_after_a_run_that_ends_by(End end) throws Exception {
    var reached = directory.resolve("reached-" + end);
    var gate = directory.resolve("gate-" + end);
    var request = request(reached, gate, end);
    var place = host.run(request.id());
    var agent = new AtomicReference<Process>();
    RunResult result;
    try (var session = HostSession.open(host.transport(agent), "")) {
      var following = FollowingThread.of(session, request);
      following.await(reached);
      assertThat(following.result()).isNotDone();
      assertThat(traces()).isEmpty();
      var runner = host.runner(request.id());
      switch (end) {
        case SUCCESS, FAILURE -> Files.createFile(gate);
        case CANCEL -> following.thread().interrupt();
        case KILLED_RUNNER -> runner.destroyForcibly();
        case KILLED_PLAYBOOK -> runner.children().forEach(ProcessHandle::destroyForcibly);
        case KILLED_AGENT -> {
          agent.get().destroyForcibly();
          Files.createFile(gate);
        }
      }
      result = end == End.KILLED_AGENT ? null : following.result().get();
    }
    try (var session = host.open()) {
      if (result == null) {
        result = session.attach(request.id(), 0, event -> {});
      }
      session.list();
    }
    assertThat(result.status())
        .isEqualTo(
            switch (end) {
              case SUCCESS, KILLED_AGENT -> Status.SUCCEEDED;
              case FAILURE, KILLED_PLAYBOOK -> Status.FAILED;
              case CANCEL -> Status.CANCELLED;
              case KILLED_RUNNER -> Status.INTERRUPTED;
            });
    assertThat(traces()).isEmpty();
    assertThat(place.resolve("secrets")).doesNotExist();
    assertThat(place.resolve("tmp")).doesNotExist();
    assertThat(running(place)).isFalse();
  }

  private static RunRequest request(Path reached, Path gate, End end) {
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              become: true
              become_method: checked
              tasks:
                - ansible.builtin.assert:
                    that:
                      - token | hash('sha256') == '%s'
                      - whole == 'of the whole file'
                      - configured == 'of the configured file'
                  no_log: true
                - ansible.builtin.file: path=%s state=touch
                - ansible.builtin.wait_for: path=%s timeout=60 sleep=1
                - ansible.builtin.fail: msg=asked-for
                  when: %s
            """
                .formatted(
                    TestHost.sha256(TOKEN.getBytes(UTF_8)), reached, gate, end == End.FAILURE),
            Map.of(
                "ansible.cfg",
                "[defaults]\nvault_password_file = ~/of-the-controller\n",
                CheckedBecome.PATH,
                CheckedBecome.knowing(TestHost.sha256(BECOME.getBytes(UTF_8))),
                "group_vars/all/whole.yml",
                encrypted("whole: of the whole file\n", VAULT),
                "group_vars/all/configured.yml",
                encrypted("configured: of the configured file\n", CONFIGURED)));
    return new VariedRequest(request)
        .extraVars(Map.of("token", TOKEN))
        .secrets(
            new RunSecrets(
                List.of(new RunSecrets.Vault("dev", secret(VAULT))),
                Optional.of(secret(CONFIGURED)),
                Optional.of(secret(BECOME)),
                Map.of(),
                Map.of()))
        .warm(true)
        .get();
  }

  private static String encrypted(String text, String password) {
    try {
      var file = Files.writeString(Files.createTempFile("vault", ".yml"), text);
      var key = Files.writeString(Files.createTempFile("vault", ".key"), password);
      TestUv.output(
          host.venv(VENV).resolve("bin/ansible-vault").toString(),
          "encrypt",
          "--vault-password-file=" + key,
          file.toString());
      var content = Files.readString(file);
      Files.delete(file);
      Files.delete(key);
      return content;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Secret secret(String text) {
    return new Secret(text.getBytes(UTF_8));
  }

  private static List<String> secrets() {
    return List.of(TOKEN, VAULT, CONFIGURED, BECOME);
  }

  private static List<String> traces() {
    return Traces.of(
        List.of(TOKEN, VAULT, CONFIGURED, BECOME), List.of(host.home, Path.of("/dev/shm")));
  }

  /// Whether an ansible-playbook of the run is alive.
  private static boolean running(Path place) {
    return ProcessHandle.allProcesses()
        .anyMatch(process ->
            process
                .info()
                .commandLine()
                .filter(line -> line.contains(place.toString()) && line.contains("--inventory="))
                .isPresent());
  }
}
