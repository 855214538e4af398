package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job on this machine, with real tools and a real environment.
final class DeployIT {

  private static final String PLAYBOOK =
      """
      - name: Check what was handed in
        hosts: localhost
        gather_facts: false
        tasks:
          - name: Compare
            ansible.builtin.assert:
              that:
                - colour == 'green'
                - ports == [80, 443]
                - password == 's3cret'
            no_log: true
          - name: Fail where it is asked for
            ansible.builtin.fail:
              msg: as asked for
            tags: [never, failing]
      """;

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    program.file("site.yml", PLAYBOOK);
  }

  @Test
  void a_playbook_runs_its_venv_is_found_again_shown_and_listed() throws IOException {
    var first = deploy("--format", "json");
    assertThat(first.exitCode()).as(first.errorOutput()).isZero();
    Schema.RESULT.assertValid(first.lastLine());
    assertThat(first.errorOutput()).contains("PLAY RECAP").doesNotContain("s3cret");
    var name = String.valueOf(JSON.std.mapFrom(first.lastLine()).get("venv_name"));

    var second = deploy();
    assertThat(second.exitCode()).as(second.errorOutput()).isZero();
    assertThat(second.output()).contains("PLAY RECAP").contains("ok=1");
    assertThat(second.errorOutput()).contains("venv `" + name + "`, found there");

    var failed = deploy("--tags", "failing");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.output()).contains("as asked for");
    assertThat(failed.errorOutput()).contains("error: localhost: the playbook failed");

    assertThat(program.run("list-host", "localhost").output()).contains(name, "yes");
    assertThat(program.run("show-spec", name).output()).startsWith("name: " + name);
    assertThat(program.run("cleanup", "localhost", "--dry-run").exitCode()).isZero();
    assertThat(program.run("doctor").exitCode()).isZero();
  }

  private Program.Result deploy(String... further) {
    var arguments =
        Stream.of(
            "deploy", "site.yml", "localhost", "-e", "colour=green", "-e", "{ports: [80, 443]}");
    var standardInput = Stream.of("-e", "@-");
    return program
        .with("password: s3cret\n")
        .run(
            Stream.of(arguments, standardInput, Stream.of(further))
                .flatMap(parts -> parts)
                .toArray(String[]::new));
  }
}
