package dev.ansiblevenv.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a playbook asks is asked at the terminal of whoever deploys it.
class QuestionsIT {

  @TempDir private Path temporary;

  @Test
  void variables_are_asked_for_before_the_run_and_a_pause_while_it_is_followed() throws Exception {
    var program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    program.file(
        "site.yml",
        """
        - hosts: localhost
          gather_facts: false
          vars_prompt:
            - {name: colour, prompt: Which colour, default: green, private: false}
            - {name: word, confirm: true}
            - {name: usual, default: by default}
          tasks:
            - ansible.builtin.pause: {prompt: Go on}
              register: paused
            - ansible.builtin.assert:
                that:
                  - colour == 'red'
                  - word | hash('sha1') == 'e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4'
                  - usual == 'by default'
                  - paused.user_input == 'yes, größer'
        """);

    var shown = temporary.resolve("shown");
    var process = atTerminal(program, shown);
    try (var answers = process.outputWriter()) {
      answers.write("Which colour [green]: \tred\n");
      answers.write("\nword: \tsecret\nconfirm word: \tsecret\n".stripLeading());
      answers.write("usual [by default]: \t\n");
      answers.write("Go on:\tyes, größer\n");
    }
    assertThat(process.waitFor(5, MINUTES)).isTrue();

    assertThat(process.exitValue()).as(Files.readString(shown)).isZero();
    assertThat(Files.readString(shown)).doesNotContain("secret");
  }

  private static Process atTerminal(Program program, Path shown) throws Exception {
    var builder =
        new ProcessBuilder(
            "python3",
            Path.of("src/test/python/at_terminal.py").toAbsolutePath().toString(),
            shown.toString(),
            "/dev/null",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dansiblevenv.in.terminal=true",
            "-Dansiblevenv.err.terminal=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "deploy",
            "site.yml",
            "localhost",
            "--skip-lint");
    builder.directory(program.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    return builder.redirectErrorStream(true).start();
  }

  @Test
  void without_a_terminal_a_variable_without_a_default_is_an_error_before_the_run()
      throws Exception {
    var program = Program.in(Files.createDirectory(temporary.resolve("project")));
    program.file(
        "site.yml",
        """
        - hosts: localhost
          vars_prompt: [{name: word}]
          tasks: [{ansible.builtin.debug: {msg: "{{ word }}"}}]
        """);
    var builder =
        new ProcessBuilder(
            List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "deploy",
                "site.yml",
                "localhost",
                "--skip-lint"));
    builder.directory(program.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(2);
    assertThat(output).contains("`word`", "site.yml:2", "-e @FILE");
  }
}
