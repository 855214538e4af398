package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.host.SshDestination;
import dev.ansiblevenv.core.host.SshTransport;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.follow.FollowedRun;
import dev.ansiblevenv.orchestration.follow.Following;
import dev.ansiblevenv.orchestration.follow.Reconnection;
import dev.ansiblevenv.orchestration.process.Progress;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs behind a real `sshd` that outlive whoever started them.
final class FollowedRunIT {

  /// Begins, prints, waits until a file is there, and says so.
  private static final String PLAYBOOK =
      """
      - name: Take as long as it takes
        hosts: all
        gather_facts: false
        tasks:
          - name: Begin
            ansible.builtin.debug:
              msg: begun
          - name: Wait
            ansible.builtin.wait_for:
              path: "{{ lookup('env', 'HOME') }}/gate"
              timeout: 120
              sleep: 1
          - name: Go on
            ansible.builtin.debug:
              msg: behind the gate
      """;

  @TempDir private static Path tools;
  @TempDir private Path temporary;
  private Program program;
  private Program other;
  private Fleet fleet;

  @BeforeEach
  void create_projects() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    fleet = new Fleet(temporary).of("one");
    program = project("project").file("site.yml", PLAYBOOK);
    other = project("other");
  }

  private Program project(String name) throws IOException {
    return fleet.inventoryOf(
        Program.in(Files.createDirectory(temporary.resolve(name))).sharing(tools));
  }

  @AfterEach
  void end_servers() {
    fleet.close();
  }

  @Test
  void a_run_that_was_left_is_listed_followed_and_logged_from_anywhere() throws Exception {
    var started = deploy("--detach", "--format", "json");

    assertThat(started.exitCode()).as(started.errorOutput()).isZero();
    Schema.RESULT.assertValid(started.lastLine());
    var result = JSON.std.mapFrom(started.lastLine());
    assertThat(result).containsEntry("detached", true).containsEntry("status", "running");
    var run = String.valueOf(result.get("run_id"));
    var listed = other.run("runs", "one", "--format", "json");
    Schema.RUNS.assertValid(listed.output());
    assertThat(listed.output()).contains(run, "\"running\"", "\"site.yml\"");

    assertThat(other.run("attach", run).exitCode()).isEqualTo(2);
    assertThat(other.run("attach", run).errorOutput())
        .contains("it was not started from here", "--on HOST");
    var unknown = program.run("attach", "nothing", "--format", "json");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.output()).hasLineCount(1);
    Schema.ERROR.assertValid(unknown.output());
    assertThat(other.run("attach", "nothing", "--on", "one").exitCode()).isEqualTo(2);

    Files.createFile(fleet.server("one").home().resolve("gate"));
    var followed = other.run("attach", run.substring(16), "--on", "one");
    assertThat(followed.exitCode()).as(followed.errorOutput()).isZero();
    assertThat(followed.output()).isEqualTo(log(run)).contains("begun", "behind the gate");
    assertThat(followed.errorOutput()).contains("Ran in ", "venv `site_");
    assertThat(program.run("logs", "last").output()).isEqualTo(log(run));
    assertThat(program.run("logs", "last", "--since", "1d").output()).isEqualTo(log(run));
    assertThat(program.run("logs", "last", "--since", "2100-01-01T00:00:00Z").output()).isEmpty();

    var table = other.run("runs", "web");
    assertThat(table.exitCode()).as(table.errorOutput()).isZero();
    assertThat(table.output()).contains("RUN", "STATUS", run, "succeeded", "site.yml");
    var late = program.run("cancel", "last", "--format", "json");
    assertThat(late.exitCode()).as(late.errorOutput()).isZero();
    Schema.RUN.assertValid(late.output());
    assertThat(late.output()).contains("\"was_running\" : false", "\"succeeded\"");
  }

  @Test
  void what_happens_in_a_run_streams_as_documents_of_a_line() throws Exception {
    Files.createFile(fleet.server("one").home().resolve("gate"));
    program.file(
        "site.yml",
        PLAYBOOK
            + """
                - name: Loop
                  ansible.builtin.command: echo {{ item }}
                  loop: [a, b]
                  changed_when: item == 'b'
                - name: Fail and go on
                  ansible.builtin.fail:
                    msg: as asked for
                  ignore_errors: true
                - name: Leave out
                  ansible.builtin.debug:
                    msg: never
                  when: false
                - name: Try again
                  ansible.builtin.command: "false"
                  register: tried
                  until: tried.rc == 0
                  retries: 1
                  delay: 0
                  failed_when: false
                  notify: Handle
              handlers:
                - name: Handle
                  ansible.builtin.debug:
                    msg: handled
            - name: Match nothing
              hosts: nobody
              tasks: []
            """);

    var deployed = deploy("--format", "json");

    assertThat(deployed.exitCode()).as(deployed.errorOutput()).isZero();
    var lines = deployed.output().lines().toList();
    for (var line : lines.subList(0, lines.size() - 1)) {
      Schema.EVENT.assertValid(line);
    }
    assertThat(lines.stream().map(FollowedRunIT::event).distinct())
        .contains(
            "playbook_on_start",
            "playbook_on_play_start",
            "playbook_on_task_start",
            "playbook_on_handler_task_start",
            "playbook_on_no_hosts_matched",
            "playbook_on_stats",
            "runner_on_start",
            "runner_on_ok",
            "runner_on_failed",
            "runner_on_skipped",
            "runner_item_on_ok",
            "runner_retry");
    Schema.RESULT.assertValid(deployed.lastLine());
    var result = JSON.std.mapFrom(deployed.lastLine());
    assertThat(result).containsEntry("tasks_run", 8).containsKeys("started", "ended");
    assertThat(deployed.errorOutput()).contains("PLAY RECAP");

    var logged = other.run("logs", "last", "--on", "one", "--format", "json");
    assertThat(logged.exitCode()).as(logged.errorOutput()).isZero();
    assertThat(logged.output().lines().limit(lines.size() - 1))
        .isEqualTo(lines.subList(0, lines.size() - 1));
    Schema.LOGS.assertValid(logged.lastLine());
    var attached = other.run("attach", "last", "--on", "one", "--format", "json");
    Schema.RUN.assertValid(attached.lastLine());
    assertThat(attached.exitCode()).isZero();
  }

  @Test
  void a_cancelled_run_is_over_when_cancel_returns() throws Exception {
    assertThat(deploy("--detach").exitCode()).isZero();

    var cancelled = program.run("cancel", "last");

    assertThat(cancelled.exitCode()).as(cancelled.errorOutput()).isZero();
    assertThat(cancelled.output()).contains("has ended: cancelled");
    assertThat(other.run("runs", "one").output()).contains("cancelled").doesNotContain("running");
    assertThat(program.run("attach", "last").exitCode()).isEqualTo(8);
  }

  @Test
  void many_hosts_are_left_as_soon_as_each_has_begun() throws Exception {
    fleet.of("two");
    fleet.inventoryOf(program);

    var started = program.run("deploy", "site.yml", "web", "--skip-lint", "--detach");

    assertThat(started.exitCode()).as(started.errorOutput()).isZero();
    assertThat(started.errorOutput()).contains("goes on");
    assertThat(program.run("runs", "web").output())
        .containsPattern("one +ok .* running ")
        .containsPattern("two +ok .* running ");
    for (var host : List.of("one", "two")) {
      assertThat(program.run("cancel", "last", "--on", host).exitCode()).isZero();
    }
  }

  @Test
  void a_run_whose_controller_was_killed_is_found_and_followed_by_another() throws Exception {
    var controller = java("deploy", "site.yml", "one", "--skip-lint").start();
    var seen = controller.inputReader();
    for (var line = seen.readLine(); line != null && !line.contains("begun"); ) {
      line = seen.readLine();
    }
    controller.destroyForcibly().waitFor();

    var listed = other.run("runs", "one");
    assertThat(listed.output()).contains("running");
    Files.createFile(fleet.server("one").home().resolve("gate"));
    var followed = other.run("attach", "last", "--on", "one");
    assertThat(followed.exitCode()).as(followed.errorOutput()).isZero();
    assertThat(followed.output()).contains("begun", "behind the gate");
    assertThat(program.run("attach", "last").output()).isEqualTo(followed.output());
  }

  @Test
  void old_runs_go_when_a_new_one_starts_but_none_that_goes_on() throws Exception {
    program.file("ansible-venv.yml", "runs:\n  keep: 2\n");
    assertThat(deploy("--detach").exitCode()).isZero();
    var going = runs().getFirst();
    program.file("short.yml", "- hosts: all\n  gather_facts: false\n");
    for (var i = 0; i < 4; i++) {
      var short_ = program.run("deploy", "short.yml", "one", "--skip-lint");
      assertThat(short_.exitCode()).as(short_.errorOutput()).isZero();
    }

    // The last one found two finished ones before it.
    assertThat(runs()).hasSize(4).contains(going);
    assertThat(program.run("cancel", going).exitCode()).isZero();
  }

  @Test
  void a_lost_connection_is_made_again_and_nothing_is_lost_or_told_twice() throws Exception {
    cutAtRandomPoints(5, 20_000_000);
  }

  @Test
  @Tag("long")
  void fifty_lost_connections_lose_nothing_of_a_hundred_megabytes() throws Exception {
    cutAtRandomPoints(50, 100_000_000);
  }

  @Test
  void a_connection_that_is_lost_before_the_run_has_started_starts_no_second_one()
      throws Exception {
    Files.createFile(fleet.server("one").home().resolve("gate"));
    assertThat(deploy().exitCode()).isZero();
    var before = runs().size();
    for (var delay : List.of(0, 60, 120, 180, 240, 300, 400, 500)) {
      var cutter =
          Thread.ofVirtual()
              .start(() -> {
                pause(delay);
                Cutter.cut("ssh");
              });
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      var exitCode = program.run(out, err, "deploy", "site.yml", "one", "--skip-lint");
      cutter.join();

      var text = err.toString(UTF_8);
      var now = runs().size();
      assertThat(exitCode).as(text).isIn(0, 5);
      // Where it failed, the host had not been asked for the run.
      assertThat(now).as(text).isEqualTo(exitCode == 0 ? before + 1 : before);
      if (exitCode == 0) {
        assertThat(out.toString(UTF_8)).isEqualTo(program.run("logs", "last").output());
      }
      before = now;
    }
  }

  @Test
  void a_host_that_stays_away_is_given_up_and_the_run_goes_on() throws Exception {
    assertThat(deploy("--detach").exitCode()).isZero();
    var server = fleet.server("one");
    var transport =
        new SshTransport(
            new SshDestination(
                "one",
                "127.0.0.1",
                OptionalInt.of(server.port()),
                server.user(),
                server.privateKey().toString(),
                server.clientOptions()),
            program.environment());
    var run = new RunId(runs().getFirst());
    try (var session = HostSession.open(transport, "")) {
      var followed =
          new FollowedRun(
              "one",
              run,
              Following.OUTPUT,
              new Reconnection(() -> HostSession.open(transport, ""), Duration.ofMillis(50)),
              step -> {
                if (step instanceof Progress.Output) {
                  server.close();
                }
              });

      assertThatThrownBy(() -> followed.attach(session))
          .isInstanceOf(HostUnreachable.class)
          .hasMessageContaining("could not be made again")
          .hasMessageContaining("ansible-venv attach " + run);
    }
    Files.createFile(server.home().resolve("gate"));
    while (!Files.exists(runsDirectory().resolve(run.text()).resolve("rc"))) {
      pause(50);
    }
    assertThat(log(run.text())).contains("behind the gate");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Half of the time the client is killed, half of the time the server's end.
  private void cutAtRandomPoints(int cuts, int bytes) throws Exception {
    program
        .file(
            "site.yml",
            """
            - name: Print much
              hosts: all
              gather_facts: false
              tasks:
                - name: Print
                  ansible.builtin.debug:
                    msg: "{{ item }}"
                  loop: "{{ range(20) | list }}"
            """)
        .file(
            "callback_plugins/noise.py",
            """
            import os
            from ansible.plugins.callback import CallbackBase

            class CallbackModule(CallbackBase):
                CALLBACK_VERSION = 2.0
                CALLBACK_TYPE = "notification"
                CALLBACK_NAME = "noise"
                CALLBACK_NEEDS_ENABLED = False

                def v2_runner_item_on_ok(self, result):
                    piece = bytes(range(1, 127)) + os.urandom(16).hex().encode() + b"\\0\\n"
                    data = piece * (%d // 20 // len(piece))
                    while data:
                        data = data[os.write(1, data):]
            """
                .formatted(bytes));
    var random = new Random(cuts);
    var points = new ArrayDeque<Long>();
    random.longs(cuts, 1, bytes).sorted().forEach(points::add);
    var out = temporary.resolve("out");
    var err = new ByteArrayOutputStream();
    int exitCode;
    try (var file =
        new Cutter(new BufferedOutputStream(new FileOutputStream(out.toFile())), points)) {
      exitCode = program.run(file, err, "deploy", "site.yml", "one", "--skip-lint");
    }

    assertThat(exitCode).as(err.toString(UTF_8)).isZero();
    var log = log(Files.list(runsDirectory()).findFirst().orElseThrow());
    assertThat(Files.size(log)).isGreaterThan(bytes * 9L / 10);
    assertThat(Files.mismatch(out, log)).isEqualTo(-1);
    assertThat(err.toString(UTF_8)).contains("was lost; run ", "Connected to `one` again");

    var json = program.run("attach", "last", "--format", "json");
    var events = json.output().lines().toList();
    assertThat(events.subList(0, events.size() - 1))
        .isEqualTo(Files.readAllLines(log.resolveSibling("events.jsonl")));
  }

  /// Cuts the connection when so much has come.
  private static final class Cutter extends FilterOutputStream {
    private final ArrayDeque<Long> points;
    private long seen;

    Cutter(OutputStream out, ArrayDeque<Long> points) {
      super(out);
      this.points = points;
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      out.write(bytes, start, length);
      seen += length;
      var next = points.peek();
      if (next != null && seen >= next) {
        points.remove();
        cut(points.size() % 2 == 0 ? "ssh" : "sshd");
      }
    }

    /// The server's child serves the connection; the server itself is a child of this process.
    private static void cut(String name) {
      var own = ProcessHandle.current();
      own.descendants()
          .filter(process -> name(process).equals(name))
          .filter(process -> name.equals("ssh") || !process.parent().map(own::equals).orElse(false))
          .forEach(ProcessHandle::destroyForcibly);
    }

    private static String name(ProcessHandle process) {
      return process
          .info()
          .command()
          .map(path -> Path.of(path).getFileName().toString())
          .orElse("");
    }
  }

  private static String event(String line) {
    try {
      return String.valueOf(JSON.std.mapFrom(line).get("event"));
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  private Program.Result deploy(String... arguments) {
    return program.run(
        Stream.concat(Stream.of("deploy", "site.yml", "one", "--skip-lint"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private ProcessBuilder java(String... arguments) {
    var command =
        Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()),
            Stream.of(arguments));
    var builder =
        new ProcessBuilder(command.toList())
            .directory(program.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    return builder;
  }

  private Path runsDirectory() {
    return fleet.server("one").home().resolve(".local/share/ansible-venv/runs");
  }

  private List<String> runs() throws IOException {
    try (var runs = Files.list(runsDirectory())) {
      return runs.map(run -> run.getFileName().toString()).toList();
    }
  }

  private String log(String run) throws IOException {
    return Files.readString(log(runsDirectory().resolve(run)));
  }

  private static Path log(Path run) {
    return run.resolve("stdout.log");
  }
}
