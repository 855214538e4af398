package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
  }

  @Test
  void without_a_command_the_help_goes_to_standard_error() {
    var result = program.run();

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errorOutput()).contains("Usage: ansible-venv", "error: no command given");
  }

  @Test
  void help_of_the_program_names_every_command_and_exit_code() {
    var result = program.run("--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.output())
        .contains(
            "analyze",
            "explain",
            "deploy",
            "ensure",
            "lock",
            "bundle",
            "list-host",
            "show-spec",
            "cleanup",
            "doctor",
            "completion")
        .containsPattern("(?m)^  8 +cancelled or timed out$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "analyze",
        "explain",
        "deploy",
        "ensure",
        "lock",
        "bundle",
        "list-host",
        "show-spec",
        "cleanup",
        "doctor",
        "completion"
      })
  void help_of_a_command_has_examples_and_fits_a_terminal(String command) {
    var result = program.run(command, "--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .startsWith("Usage: ansible-venv " + command + " ")
        .containsPattern("Examples:\n +.*ansible-venv " + command)
        .contains("Global options:", "--project=DIR");
    assertThat(result.output().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void the_version_is_the_builds() {
    assertThat(program.run("--version").output()).matches("ansible-venv [0-9]+\\.[0-9]+\\..*\n");
  }

  @Test
  void a_mistyped_command_is_answered_with_the_nearest() {
    var result = program.run("deplyo", "site.yml", "localhost");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .isEqualTo(
            """
            error: unknown command `deplyo`
            hint: did you mean `deploy`? see `ansible-venv --help`
            """);
  }

  @Test
  void a_mistyped_option_is_answered_with_the_nearest_and_the_commands_own_help() {
    var result = program.run("analyze", "--skip-lnt", "site.yml");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .isEqualTo(
            """
            error: unknown option: `--skip-lnt`
            hint: did you mean `--skip-lint`? see `ansible-venv analyze --help`
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list-host", "analyze", "explain", "show-spec", "cleanup", "deploy", "ensure"})
  void a_missing_argument_is_wrong_usage(String command) {
    var result = program.run(command);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput()).contains("error: missing required parameter");
  }

  @Test
  void global_options_may_stand_before_and_after_the_command() throws IOException {
    var elsewhere = Files.createDirectories(temporary.resolve("elsewhere/host_venvs"));
    Files.writeString(
        elsewhere.resolve("night2.lan.yml"),
        """
        hostname: night2.lan
        installed_venvs:
          - name: site_0123abcd
            path: /home/ansible/venvs/site_0123abcd
            installed_date: "2024-01-15T10:35:00"
        """);

    var before =
        program.run("--project", "../elsewhere", "--format=json", "list-host", "night2.lan");
    var after =
        program.run("list-host", "--format", "json", "night2.lan", "--project=../elsewhere");

    assertThat(before.errorOutput()).isEmpty();
    assertThat(before.output()).contains("\"name\" : \"site_0123abcd\"").isEqualTo(after.output());
  }

  @Test
  void the_project_is_the_nearest_directory_upward_with_a_configuration() throws IOException {
    program
        .file("ansible-venv.yml", "")
        .file(
            "host_venvs/web.yml",
            """
            hostname: web
            installed_venvs:
              - name: site_0123abcd
                path: /home/ansible/venvs/site_0123abcd
                installed_date: "2024-01-15T10:35:00"
            """);
    var below = Files.createDirectories(temporary.resolve("project/roles/web"));

    assertThat(new Program(below, program.environment(), "").run("list-host", "web").output())
        .isEqualTo(
            """
            NAME           PATH                               INSTALLED            SPEC
            site_0123abcd  /home/ansible/venvs/site_0123abcd  2024-01-15T10:35:00  missing
            """);
  }

  @Test
  void wrong_usage_is_a_document_where_one_is_asked_for() throws IOException {
    var result = program.run("list-host", "--format", "json");

    Schema.ERROR.assertValid(result.output());
    assertThat(result.output()).contains("\"exit_code\" : 2");
    assertThat(result.errorOutput()).startsWith("error: missing required parameter");
  }

  @Test
  void a_failure_is_one_document_and_the_same_words_for_a_person() throws IOException {
    var result = program.run("show-spec", "nowhere_01234567", "--format=json");

    Schema.ERROR.assertValid(result.output());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput()).contains("there is no spec `nowhere_01234567`", "hint: ");
  }

  @Test
  void a_host_that_would_be_an_option_is_refused() {
    var result = program.run("list-host", "--", "-oProxyCommand=x");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput()).contains("it begins with `-`");
  }

  @Test
  void only_debug_shows_where_an_error_was_thrown() {
    assertThat(program.run("show-spec", "nowhere_01234567").errorOutput())
        .doesNotContain("\tat dev.ansiblevenv");
    assertThat(program.run("--debug", "show-spec", "nowhere_01234567").errorOutput())
        .contains("\tat dev.ansiblevenv");
  }

  @Test
  void a_reader_that_left_is_no_error() throws IOException {
    var err = new ByteArrayOutputStream();
    try (var broken = new PrintStream(new PipedOutputStream(), false, UTF_8)) {
      var console =
          new Console(
              InputStream.nullInputStream(),
              broken,
              new PrintStream(err, true, UTF_8),
              false,
              false,
              80,
              program.environment(),
              program.directory(),
              Clock.systemUTC());

      assertThat(Main.run(console, "completion", "bash")).isZero();
      assertThat(broken.checkError()).isTrue();
    }
    assertThat(err.size()).isZero();
  }
}
