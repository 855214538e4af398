package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunResult.Reason;
import dev.ansiblevenv.core.run.RunResult.Status;
import dev.ansiblevenv.diagnostic.BuildFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a playbook or its host does, a run ends, and what is said of it is true.
class HostileRunIT {

  private static final String VENV = "hostile_1";

  @TempDir static Path directory;
  private static TestHost host;

  @BeforeAll
  static void a_host_with_a_venv() {
    host = TestHost.with(directory, VENV);
  }

  @Test
  void bytes_that_are_no_text_pass_as_they_are() {
    var output = new HeardOutput();
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.shell: printf 'a\\0b\\377\\376c'
                  ignore_errors: true
                - ansible.builtin.command: "true"
            """,
            callback("os.write(1, b'\\0\\xff\\xfe raw\\n')"),
            output);
    assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(output.bytes.toString(ISO_8859_1)).contains("\0\u00ff\u00fe raw\n", "PLAY RECAP");
    assertThat(result.outputBytes()).isEqualTo(output.bytes.size());
  }

  @Test
  void a_playbook_that_closes_its_output_ends() {
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.command: "true"
                - ansible.builtin.command: "true"
            """,
            callback("os.close(1)\n        os.close(2)"),
            new HeardOutput());
    assertThat(result.status()).isIn(Status.SUCCEEDED, Status.FAILED);
    assertThat(result.status() == Status.SUCCEEDED).isEqualTo(result.code() == 0);
  }

  @Test
  void what_it_daemonises_on_purpose_stays_alive_and_holds_up_nothing() {
    var seconds = "74" + ProcessHandle.current().pid();
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.shell: "(setsid nohup sleep %s </dev/null >/dev/null 2>&1 &) &"
            """
                .formatted(seconds),
            Map.of(),
            new HeardOutput());
    assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
    var left = TestHost.sleeping(seconds);
    assertThat(left).hasSize(1);
    left.getFirst().destroyForcibly();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        - hosts: all
          gather_facts: false
          vars_prompt: [{name: colour, prompt: Which colour, default: green}]
          tasks:
            - ansible.builtin.assert: {that: colour == 'green'}
        """,
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.pause: {prompt: Press enter}
        """
      })
  void who_asks_for_input_gets_none(String playbook) {
    var result = run(playbook, Map.of(), new HeardOutput());
    assertThat(result.status() == Status.SUCCEEDED).isEqualTo(result.code() == 0);
    assertThat(result.status()).isIn(Status.SUCCEEDED, Status.FAILED);
  }

  @Test
  void a_full_disk_is_a_failed_run_that_says_so() throws Exception {
    assumeTrue(isRoot(), "only root can mount a small file system");
    var small = Files.createDirectories(directory.resolve("small"));
    var full = new TestHost(small);
    try (var session = full.open()) {
      full.ensure(session, VENV, TestHost.lock());
    }
    var runs = Files.createDirectories(full.store().resolve("runs"));
    TestUv.output("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", runs.toString());
    try (var session = full.open()) {
      var result =
          full.run(
              session,
              VENV,
              TestHost.lock(),
              """
              - hosts: all
                gather_facts: false
                tasks:
                  - ansible.builtin.shell: head -c 3000000 /dev/zero | tr '\\0' x
                    register: long
                  - ansible.builtin.debug: var=long.stdout
                  - ansible.builtin.debug: var=long.stdout
              """,
              event -> {});
      assertThat(result.status()).isEqualTo(Status.FAILED);
      assertThat(result.reason()).contains(Reason.NO_SPACE);
      assertThat(session.list().runs()).anyMatch(run -> run.status().equals("failed"));
      fill(runs.resolve("ballast"));
      assertThatThrownBy(
              () -> full.run(session, VENV, TestHost.lock(), "- hosts: all\n", event -> {}))
          .isInstanceOf(BuildFailed.class)
          .hasMessageContaining("the disk is full");
    } finally {
      TestUv.output("umount", runs.toString());
    }
  }

  @Test
  void after_a_restart_of_the_host_no_run_is_running() throws Exception {
    assumeTrue(isRoot(), "only root can mount");
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.command: sleep 60
            """,
            Map.of());
    host.startAndLeave(request);
    var bootId = Files.writeString(directory.resolve("boot_id"), "1-2-3\n");
    // Its number and start time may be another process's by then.
    try (var restarted = HostSession.open(restarted(bootId), "")) {
      assertThat(restarted.list().runs())
          .anyMatch(run -> run.id().equals(request.id()) && run.status().equals("interrupted"));
    }
    try (var before = host.open()) {
      before.cancel(request.id());
      before.attach(request.id(), 0, event -> {});
    }
  }

  @Test
  @Tag("long")
  void fifty_at_once_all_end_as_they_should() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, 50)
              .mapToObj(number ->
                  host.request(
                      VENV,
                      TestHost.lock(),
                      """
                      - hosts: all
                        gather_facts: false
                        tasks:
                          - ansible.builtin.assert: {that: %d != 0}
                      """
                          .formatted(number % 2),
                      Map.of()))
              .<Callable<RunResult>>map(request ->
                  () -> {
                    try (var session = host.open()) {
                      return session.run(request, event -> {});
                    }
                  })
              .toList();
      var number = 0;
      for (var each : threads.invokeAll(calls)) {
        var result = each.get();
        assertThat(result.status()).isEqualTo(number % 2 == 1 ? Status.SUCCEEDED : Status.FAILED);
        assertThat(result.stats()).containsOnlyKeys("testhost");
        number++;
      }
    }
    try (var session = host.open()) {
      assertThat(session.list().runs()).noneMatch(run -> run.status().equals("running"));
    }
  }

  private static RunResult run(String playbook, Map<String, String> files, Consumer<Event> events) {
    try (var session = host.open()) {
      return session.run(host.request(VENV, TestHost.lock(), playbook, files), events);
    }
  }

  /// A callback plugin of the project's that does something when the first task ends.
  private static Map<String, String> callback(String statements) {
    return Map.of(
        "ansible.cfg",
        "[defaults]\ncallback_plugins = callbacks\ncallbacks_enabled = hostile\n",
        "callbacks/hostile.py",
        """
        import os
        from ansible.plugins.callback import CallbackBase
        class CallbackModule(CallbackBase):
            CALLBACK_VERSION = 2.0
            CALLBACK_TYPE = 'notification'
            CALLBACK_NAME = 'hostile'
            CALLBACK_NEEDS_ENABLED = True
            done = False
            def v2_runner_on_ok(self, result):
                if self.done:
                    return
                self.done = True
                STATEMENTS
        """
            .replace("STATEMENTS", statements));
  }

  private static Transport restarted(Path bootId) {
    return new Transport() {
      @Override
      public Process start(String command) throws IOException {
        var builder =
            new ProcessBuilder(
                "unshare",
                "--mount",
                "/bin/sh",
                "-c",
                "mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec /bin/sh -c \"$1\"",
                bootId.toString(),
                command);
        builder.environment().clear();
        builder.environment().put("HOME", host.home.toString());
        builder.environment().put("PATH", System.getenv("PATH"));
        return builder.start();
      }

      @Override
      public String host() {
        return "testhost";
      }
    };
  }

  private static void fill(Path file) {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      // There is no more room.
    }
  }

  private static boolean isRoot() {
    return TestUv.output("id", "-u").strip().equals("0");
  }
}
