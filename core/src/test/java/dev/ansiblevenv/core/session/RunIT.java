package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.FailedTask;
import dev.ansiblevenv.core.run.HostStats;
import dev.ansiblevenv.core.run.Inventory;
import dev.ansiblevenv.core.run.NewRun;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunResult.Status;
import dev.ansiblevenv.core.run.RunSecrets;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {

  private static final String VENV = "hello_1";

  @TempDir static Path directory;
  private static TestHost host;
  private static HostSession session;

  @BeforeAll
  static void a_host_with_a_venv() {
    host = new TestHost(directory);
    session = host.open();
    host.ensure(session, VENV, TestHost.lock());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void code_counts_and_output_are_ansibles_own() throws Exception {
    var output = new HeardOutput();
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.debug: msg="grüße"
                - ansible.builtin.command: "true"
                - ansible.builtin.debug: msg=never
                  when: false
            """,
            output);
    assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(result.code()).isZero();
    assertThat(result.stats()).isEqualTo(Map.of("testhost", new HostStats(2, 1, 0, 0, 1, 0, 0)));
    assertThat(output.text()).contains("PLAY [all]", "grüße", "PLAY RECAP");
    assertThat(output.bytes.toByteArray())
        .isEqualTo(Files.readAllBytes(host.run(result.id()).resolve("stdout.log")));
    assertThat(result.outputBytes()).isEqualTo(output.bytes.size());
    assertThat(output.events)
        .startsWith("playbook_on_start", "playbook_on_play_start", "playbook_on_task_start")
        .contains("runner_on_ok", "runner_on_skipped")
        .endsWith("playbook_on_stats");
    assertThat(result.ended()).isAfterOrEqualTo(result.started());
  }

  @Test
  void a_failed_task_is_a_failed_run() {
    var output = new HeardOutput();
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.fail: msg=no
            """,
            output);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.stats().get("testhost")).isEqualTo(new HostStats(0, 0, 1, 0, 0, 0, 0));
    assertThat(output.events).contains("runner_on_failed");
  }

  @Test
  void a_playbook_that_matches_no_host_fails() {
    var result =
        run(
            """
            - hosts: webservers
              gather_facts: false
              tasks:
                - ansible.builtin.debug: msg=never
            """,
            new HeardOutput());
    assertThat(result.code()).isZero();
    assertThat(result.playsWithoutHosts()).containsExactly("webservers");
    assertThat(result.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void a_variable_that_is_passed_on_reaches_tasks_and_no_file_of_the_run() throws Exception {
    var output = new HeardOutput();
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.shell: cat /proc/*/cmdline | tr '\\0' ' '
                  register: arguments
                - ansible.builtin.assert:
                    that:
                      - lookup('env', 'TOKEN') | length == 16
                      - lookup('pipe', 'printf %s "$TOKEN"') | length == 16
                      - lookup('env', 'TOKEN') not in arguments.stdout
            """,
            Map.of());
    var token = "p4ssed-" + "9".repeat(9);
    var passed =
        new RunSecrets(
            List.of(), Optional.empty(), Optional.empty(), Map.of("TOKEN", token), Map.of());
    var result = session.run(new VariedRequest(request).secrets(passed).get(), output);
    assertThat(result.succeeded()).as(output.text()).isTrue();
    try (var files = Files.walk(host.run(result.id()))) {
      assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> contains(file, token));
    }
  }

  @Test
  void an_answer_given_before_the_run_is_what_a_typed_one_is() {
    var output = new HeardOutput();
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              vars_prompt:
                - {name: word, confirm: true, prompt: "Word for {{ play_hosts }}"}
                - {name: colour, default: green}
                - {name: usual, default: "by default"}
              tasks: [{ansible.builtin.debug: {msg: "{{ word }}, {{ colour }}, {{ usual }}"}}]
            - hosts: all
              gather_facts: false
              vars_prompt: [{name: word}]
              tasks: [{ansible.builtin.debug: {msg: "{{ word }}"}}]
            """,
            Map.of());
    var answers = Map.of("word", List.of("first größe", "second"), "colour", List.of(""));
    var result =
        session.run(
            new VariedRequest(request)
                .secrets(
                    new RunSecrets(
                        List.of(), Optional.empty(), Optional.empty(), Map.of(), answers))
                .get(),
            output);
    assertThat(result.succeeded()).as(output.text()).isTrue();
    assertThat(output.text()).contains("first größe, green, by default", "second");
  }

  @Test
  void a_pause_waits_for_the_answer_of_whoever_follows() {
    var output = new HeardOutput();
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - {ansible.builtin.pause: {prompt: "Go on", echo: false}, register: paused}
                - ansible.builtin.debug: {msg: "answer {{ paused.user_input }}"}
            """,
            Map.of());
    var result =
        session.run(
            new VariedRequest(request).answered().get(),
            event -> {
              output.accept(event);
              if (event instanceof Event.JobEvent job
                  && job.name().equals("ansible_venv_question")) {
                assertThat(job.text()).contains("Go on", "\"hidden\": true");
                try (var other = host.open()) {
                  assertThat(other.reply(request.id(), 7, new byte[0])).isFalse();
                  assertThat(other.reply(request.id(), 1, "größer".getBytes(UTF_8))).isTrue();
                }
              }
            });
    assertThat(result.succeeded()).as(output.text()).isTrue();
    assertThat(output.text()).contains("answer größer");
    assertThat(output.events).contains("ansible_venv_answered");
  }

  @Test
  void a_pause_without_anybody_to_ask_goes_on_as_ansible_does() {
    var output = new HeardOutput();
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks: [{ansible.builtin.pause: {prompt: "Go on"}}]
            """,
            output);
    assertThat(result.succeeded()).isTrue();
    assertThat(output.text()).contains("Not waiting for response to prompt");
  }

  @Test
  void a_variable_that_nobody_can_be_asked_for_is_an_error() {
    var output = new HeardOutput();
    var result =
        run(
            """
            - hosts: all
              vars_prompt: [{name: word}]
              tasks: [{ansible.builtin.debug: {msg: "{{ word }}"}}]
            """,
            output);
    assertThat(result.code()).isNotZero();
    assertThat(output.text()).contains("there is nobody to ask for 'word'");
  }

  @Test
  void a_play_for_other_hosts_is_skipped() {
    var output = new HeardOutput();
    var result =
        run(
            """
            - hosts: webservers
              tasks: [{ansible.builtin.debug: {msg: never}}]
            - hosts: all
              gather_facts: false
              tasks: [{ansible.builtin.debug: {msg: here}}]
            """,
            output);
    assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(result.playsWithoutHosts()).containsExactly("webservers");
    assertThat(output.text()).contains("skipping: no hosts matched", "here");
  }

  @Test
  void the_failed_task_is_the_first_that_nothing_rescued_or_ignored() {
    var result =
        run(
            """
            - hosts: databases
              tasks: [{ansible.builtin.debug: {msg: never}}]
            - hosts: all
              gather_facts: false
              tasks:
                - block:
                    - {name: rescued, ansible.builtin.command: "false"}
                  rescue:
                    - ansible.builtin.debug: msg=again
                - {name: ignored, ansible.builtin.command: "false", ignore_errors: true}
                - name: the one
                  ansible.builtin.shell: "echo no such database >&2; exit 3"
            """,
            new HeardOutput());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.failedTask())
        .contains(new FailedTask("the one", "site.yml:11", "testhost", false, "no such database"));
  }

  @Test
  void collections_in_the_users_home_do_not_shadow_the_environments() throws Exception {
    var shadow =
        Files.createDirectories(
            host.home.resolve(".ansible/collections/ansible_collections/acme/web/plugins/filter"));
    Files.writeString(
        shadow.resolve("shout.py"),
        "class FilterModule:\n    def filters(self):\n        return {'shout': str.upper}\n");
    var result =
        run(
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.debug: msg="{{ 'x' | acme.web.shout }}"
            """,
            new HeardOutput());
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void the_projects_files_configuration_and_callbacks_are_the_runs() {
    var output = new HeardOutput();
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: web
              gather_facts: false
              roles: [greet]
            """,
            Map.of(
                "ansible.cfg",
                "[defaults]\ncallback_plugins = plugins/callback\ncallbacks_enabled = mine\n",
                "plugins/callback/mine.py",
                """
                from ansible.plugins.callback import CallbackBase
                class CallbackModule(CallbackBase):
                    CALLBACK_VERSION = 2.0
                    CALLBACK_TYPE = 'notification'
                    CALLBACK_NAME = 'mine'
                    CALLBACK_NEEDS_ENABLED = True
                    def v2_playbook_on_stats(self, stats):
                        self._display.display('MY OWN CALLBACK')
                """,
                "hosts",
                "[web]\ntesthost greeting=hello\n[web:vars]\nplace=world\n",
                "roles/greet/tasks/main.yml",
                "- ansible.builtin.debug: msg=\"{{ greeting }} {{ place }}\"\n"));
    var result =
        session.run(
            new VariedRequest(request)
                .inventory(
                    new Inventory(
                        "testhost",
                        true,
                        List.of(new Inventory.Source.InProject("hosts")),
                        Map.of(),
                        List.of()))
                .get(),
            output);
    assertThat(result.succeeded()).as(output.text()).isTrue();
    assertThat(output.text()).contains("hello world", "MY OWN CALLBACK");
    assertThat(output.events).contains("playbook_on_stats");
  }

  @Test
  void extra_vars_arrive_and_stay_out_of_arguments_and_files() throws Exception {
    var output = new HeardOutput();
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.shell: cat /proc/*/cmdline | tr '\\0' ' '
                  register: arguments
                - ansible.builtin.assert:
                    that:
                      - token | length == 16
                      - token not in arguments.stdout
            """,
            Map.of());
    var result =
        session.run(
            new VariedRequest(request).extraVars(Map.of("token", "s3cr3t-" + "9".repeat(9))).get(),
            output);
    assertThat(result.succeeded()).as(output.text()).isTrue();
    assertThat(output.text()).doesNotContain("s3cr3t-");
    for (var root : List.of(host.run(result.id()), Path.of("/dev/shm"))) {
      try (var files = Files.walk(root)) {
        assertThat(files.filter(Files::isRegularFile))
            .noneMatch(file -> contains(file, "s3cr3t-999999999"));
      }
    }
  }

  @Test
  void options_pass_through_and_none_can_pose_as_another() {
    var output = new HeardOutput();
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.debug: msg=tagged-task
                  tags: [--version]
                - ansible.builtin.debug: msg=other-task
            """,
            Map.of());
    var options =
        new RunOptions(
            List.of("--version"), List.of(), "", "", "", "", 0, 1, Set.of(RunOptions.Flag.CHECK));
    var result =
        session.run(new VariedRequest(request).options(options).terminal(120, true).get(), output);
    assertThat(result.succeeded()).as(output.text()).isTrue();
    assertThat(output.text()).contains("tagged-task", "\u001b[").doesNotContain("other-task");
    assertThat(output.text().lines().filter(line -> line.contains("PLAY [all]")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).hasSize(120));
  }

  @Test
  void cancelling_ends_the_whole_tree() throws Exception {
    var marker = "61" + ProcessHandle.current().pid();
    var started = new CountDownLatch(1);
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.shell: "setsid nohup sleep %1$s >/dev/null 2>&1 & trap '' TERM; sleep %1$s; sleep %1$s"
            """
                .formatted(marker),
            Map.of());
    var result = new AtomicReference<RunResult>();
    try (var own = host.open()) {
      var thread =
          Thread.ofVirtual()
              .start(() ->
                  result.set(
                      own.run(
                          request,
                          event -> {
                            if (event instanceof Event.JobEvent(var name, var fields)
                                && name.equals("runner_on_start")) {
                              started.countDown();
                            }
                          })));
      started.await();
      while (TestHost.sleeping(marker).size() < 2) {
        Thread.sleep(20);
      }
      thread.interrupt();
      thread.join();
    }
    assertThat(result.get().status()).isEqualTo(Status.CANCELLED);
    assertThat(result.get().survivors()).isEmpty();
    assertThat(TestHost.sleeping(marker)).isEmpty();
  }

  @Test
  void a_run_goes_on_without_its_connection_and_can_be_taken_up_again() throws Exception {
    var gate = directory.resolve("gate");
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.wait_for: path=%s timeout=60 sleep=1
                - ansible.builtin.debug: msg=after-the-gate
            """
                .formatted(gate),
            Map.of());
    host.startAndLeave(request);
    assertThat(session.list().runs())
        .anyMatch(run -> run.id().equals(request.id()) && run.status().equals("running"));
    Files.createFile(gate);
    var output = new HeardOutput();
    var result = session.attach(request.id(), 0, output);
    assertThat(result.succeeded()).as(output.text()).isTrue();
    assertThat(output.text()).contains("after-the-gate");
    assertThat(output.bytes.toByteArray())
        .isEqualTo(Files.readAllBytes(host.run(result.id()).resolve("stdout.log")));
    assertThatThrownBy(() -> session.run(request, event -> {})).isInstanceOf(StateConflict.class);
  }

  @Test
  void a_run_whose_runner_was_killed_is_interrupted_not_running() throws Exception {
    var request =
        host.request(
            VENV,
            TestHost.lock(),
            """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.command: sleep 30
            """,
            Map.of());
    var result =
        session.run(
            request,
            event -> {
              if (event instanceof Event.JobEvent(var name, var fields)
                  && name.equals("runner_on_start")) {
                killRunner(request.id());
              }
            });
    assertThat(result.status()).isEqualTo(Status.INTERRUPTED);
    assertThat(result.code()).isEqualTo(RunResult.UNKNOWN_CODE);
  }

  @Test
  void a_path_that_leaves_the_project_is_refused() {
    var request = host.request(VENV, TestHost.lock(), "[]\n", Map.of("../../escaped.yml", "owned"));
    assertThatThrownBy(() -> session.run(request, event -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("escaped.yml");
    assertThat(host.run(request.id())).doesNotExist();
  }

  @Test
  void one_round_trip_ensures_and_runs() {
    var seen = new ArrayList<HostEnvironment.Status>();
    try (var own = host.open()) {
      var result =
          own.ensureAndRun(
              new EnvironmentRequest("hello_2", TestHost.lock()),
              facts -> TestHost.inputs(Map.of()),
              progress -> {},
              environment -> seen.add(environment.status()),
              new NewRun(
                  host.request(
                      "hello_2",
                      TestHost.lock(),
                      "- hosts: all\n  gather_facts: false\n",
                      Map.of()),
                  NewRun.USUALLY_KEPT),
              event -> {});
      assertThat(result.orElseThrow().succeeded()).isTrue();
    }
    assertThat(seen).containsExactly(HostEnvironment.Status.LINKED);
  }

  private static RunResult run(String playbook, Consumer<Event> events) {
    return host.run(session, VENV, TestHost.lock(), playbook, events);
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), UTF_8).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  private static void killRunner(RunId run) {
    try {
      var runner = host.runner(run);
      var children = runner.descendants().toList();
      runner.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
