package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionCommandTest {

  @TempDir private Path directory;

  @Test
  void bash_completes_commands_and_their_options_with_the_script() throws Exception {
    var script = directory.resolve("completion");
    Files.writeString(script, Program.in(directory).run("completion", "bash").output());

    assertThat(bash("source '%s'; COMP_WORDS=(ansible-venv cle) COMP_CWORD=1".formatted(script)))
        .isEqualTo("cleanup");
    assertThat(bash("source '%s'; COMP_WORDS=(ansible-venv exp) COMP_CWORD=1".formatted(script)))
        .isEqualTo("explain");
    assertThat(
            bash(
                "source '%s'; COMP_WORDS=(ansible-venv deploy --force-r) COMP_CWORD=2"
                    .formatted(script)))
        .isEqualTo("--force-recreate");
  }

  @Test
  void zsh_gets_the_same_script() {
    var program = Program.in(directory);

    assertThat(program.run("completion", "zsh").output())
        .contains("bashcompinit")
        .isEqualTo(program.run("completion", "bash").output());
  }

  @Test
  void another_shell_is_refused_with_those_that_are_supported() {
    var result = Program.in(directory).run("completion", "fish");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput()).contains("expected bash or zsh but was `fish`");
  }

  private static String bash(String completing) throws IOException, InterruptedException {
    var shell =
        new ProcessBuilder(
                "bash",
                "-c",
                completing + "; _complete_ansible-venv 2>/dev/null; echo \"${COMPREPLY[*]}\"")
            .redirectErrorStream(true)
            .start();
    var output = new String(shell.getInputStream().readAllBytes());
    assertThat(shell.waitFor()).isZero();
    return output.strip();
  }
}
