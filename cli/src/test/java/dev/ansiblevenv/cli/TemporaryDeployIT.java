package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `deploy --temporary` leaves the project and the host's venvs as they were.
final class TemporaryDeployIT {

  @TempDir private Path temporary;

  @Test
  void neither_project_nor_host_keep_anything_of_it() throws IOException {
    var program = Program.in(Files.createDirectory(temporary.resolve("project")));
    var home = Files.createDirectory(temporary.resolve("home"));
    program.file("inventory/hosts", "[web]\nlocalhost ansible_connection=local\n");
    program.file(
        "site.yml",
        """
        - name: Say something
          hosts: web
          gather_facts: false
          tasks:
            - name: Say it
              ansible.builtin.debug:
                msg: hello
            - name: Fail where it is asked for
              ansible.builtin.fail:
                msg: as asked for
              tags: [never, failing]
        """);
    var before = files(program.directory());

    var result = program.run("deploy", "site.yml", "localhost", "--temporary", "--skip-lint");
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    assertThat(result.output()).contains("hello");
    assertThat(files(program.directory())).isEqualTo(before);
    assertThat(files(home.resolve("venvs"))).isEmpty();
    assertThat(files(home.resolve(".local/share/ansible-venv/envs"))).isEmpty();

    var failed =
        program.run(
            "deploy", "site.yml", "localhost", "--temporary", "--skip-lint", "--tags", "failing");
    assertThat(failed.exitCode()).as(failed.errorOutput()).isEqualTo(1);
    assertThat(files(program.directory())).isEqualTo(before);
    assertThat(files(home.resolve("venvs"))).isEmpty();
    assertThat(program.run("list-host", "localhost", "--refresh").output()).doesNotContain(".tmp-");
  }

  /// But for the note of which host a run is on, which is no file of the user's.
  private static List<String> files(Path directory) throws IOException {
    try (var tree = Files.walk(directory)) {
      return tree.filter(path -> !Files.isDirectory(path))
          .map(path -> directory.relativize(path).toString())
          .filter(path -> !path.startsWith(".ansible-venv/"))
          .sorted()
          .toList();
    }
  }
}
