package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Ctrl-C, `kill` and a closed terminal mean for a run that is followed: on a real terminal,
/// and where there is none. In processes of their own, because a signal is for a process.
final class InterruptIT {

  @TempDir private static Path temporary;
  private static Program program;
  private static Fleet fleet;

  @BeforeAll
  static void create_a_host_with_an_environment() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    fleet = new Fleet(temporary).of("one");
    program =
        fleet
            .inventoryOf(Program.in(Files.createDirectory(temporary.resolve("project"))))
            .file(
                "site.yml",
                """
                - name: Take as long as it takes
                  hosts: all
                  gather_facts: false
                  tasks:
                    - name: Begin
                      ansible.builtin.debug:
                        msg: "{{ 'be' + 'gun' }}"
                    - name: Wait
                      ansible.builtin.wait_for:
                        path: "{{ lookup('env', 'HOME') }}/gate"
                        timeout: 120
                        sleep: 1
                """);
    Files.createFile(gate());
    var built = program.run("deploy", "site.yml", "one", "--skip-lint");
    assertThat(built.exitCode()).as(built.errorOutput()).isZero();
    Files.delete(gate());
  }

  @AfterAll
  static void end_server() {
    fleet.close();
  }

  @AfterEach
  void end_run() throws IOException {
    assertThat(program.run("cancel", "last").exitCode()).isZero();
    Files.deleteIfExists(gate());
  }

  @Test
  void ctrl_c_asks_and_a_run_can_be_left() throws Exception {
    var shown = onTerminal(List.of("begun", "^C", "[d]etach", "what?", "d, c or Enter?", "d"));

    assertThat(shown).contains("goes on on `one`", "exit code 0");
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void ctrl_c_while_it_asks_cancels() throws Exception {
    var shown = onTerminal(List.of("begun", "^C", "[d]etach", "^C"));

    assertThat(shown).contains("cancelling; press Ctrl-C again to quit immediately", "exit code 8");
    assertThat(status()).isEqualTo("cancelled");
  }

  @Test
  void a_person_may_go_on_following_and_ask_again() throws Exception {
    var shown =
        onTerminal(
            List.of("begun", "^C", "[d]etach", "", "still following", "^C", "[d]etach", "c"));

    assertThat(shown).contains("exit code 8");
    assertThat(status()).isEqualTo("cancelled");
  }

  @Test
  void what_was_said_beforehand_is_not_asked() throws Exception {
    var shown = onTerminal(List.of("begun", "^C"), "--on-interrupt", "detach");

    assertThat(shown).contains("goes on on `one`", "exit code 0").doesNotContain("[d]etach");
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void a_closed_terminal_leaves_the_run() throws Exception {
    onTerminal(List.of("begun", "HANGUP"));

    assertThat(status()).isEqualTo("running");
  }

  @ParameterizedTest
  @CsvSource({
    "INT,  cancel, 8, cancelled",
    "INT,  detach, 0, running",
    "TERM, cancel, 8, cancelled",
    "TERM, detach, 0, running",
    "HUP,  cancel, 0, running"
  })
  void without_a_terminal_it_is_as_was_said(
      String signal, String onInterrupt, int exitCode, String status) throws Exception {
    var process = process(List.of(), "--on-interrupt", onInterrupt).start();
    var seen = process.inputReader();
    for (var line = seen.readLine(); line != null && !line.contains("begun"); ) {
      line = seen.readLine();
    }

    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(exitCode);
    assertThat(status()).isEqualTo(status);
  }

  private static Path gate() {
    return fleet.server("one").home().resolve("gate");
  }

  private static String status() {
    var runs = program.run("runs", "one").output().lines().toList();
    return runs.getLast().split(" +", -1)[1];
  }

  private static String onTerminal(List<String> steps, String... arguments) throws Exception {
    var before = new ArrayList<>(List.of("python3"));
    before.add(
        Path.of("src/test/resources/dev/ansiblevenv/cli/terminal.py").toAbsolutePath().toString());
    before.addAll(steps);
    before.add("--");
    var process = process(before, arguments).redirectErrorStream(true).start();
    var shown = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(shown).isZero();
    return shown;
  }

  private static ProcessBuilder process(List<String> before, String... arguments) {
    var command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path")));
    if (!before.isEmpty()) {
      command.add("-Dansiblevenv.out.terminal=true");
      command.add("-Dansiblevenv.err.terminal=true");
    }
    command.addAll(List.of(Main.class.getName(), "deploy", "site.yml", "one", "--skip-lint"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(program.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    return builder;
  }
}
