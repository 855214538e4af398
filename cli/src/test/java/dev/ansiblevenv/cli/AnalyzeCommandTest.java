package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Without ansible-lint; [AnalyzeIT] is with it.
final class AnalyzeCommandTest {

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | - community.docker.docker_image: {name: x}
          0 | - ansible.builtin.include_role: {name: '{{ which }}'}
          3 | - no_such_module:
          3 | - ansible.builtin.import_tasks: gone.yml
          """)
  void the_document_is_as_published_whatever_the_exit_code(int exitCode, String task)
      throws IOException {
    program
        .file("site.yml", "- hosts: all\n  roles: [web]\n  tasks:\n    " + task + "\n")
        .file("roles/web/tasks/main.yml", "- community.postgresql.postgresql_ping:\n")
        .file("requirements.yml", "collections: [{name: community.docker, version: '>=3'}]\n")
        .file("requirements.txt", "ansible-core>=2.16 ; python_version >= '3.10'\n?\n")
        .file("bindep.txt", "gcc [platform:rpm]\n")
        .file(
            "ansible-venv.yml",
            """
            add: {python_packages: [{requirement: netaddr, side: managed-node}]}
            exclude: {collections: [community.postgresql]}
            """);

    var result = program.run("analyze", "site.yml", "--skip-lint", "--format=json");

    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(exitCode);
    Schema.ANALYSIS.assertValid(result.output());
    assertThat(result.output())
        .contains("\"name\" : \"netaddr\"", "\"side\" : \"managed-node\"")
        .contains("\"kind\" : \"override\"", "\"excluded\" : [ {", "\"name\" : \"gcc\"");
  }

  @Test
  void what_is_excluded_and_used_is_shown() throws IOException {
    program
        .file("site.yml", "- hosts: all\n  tasks: [{ufw: {state: enabled}}]\n")
        .file("ansible-venv.yml", "exclude: {collections: [community.general]}\n");

    assertThat(program.run("analyze", "site.yml", "--skip-lint").output())
        .contains("Collections: none beyond ansible-core\n")
        .contains(
            "\nExcluded\n  community.general  ansible-venv.yml:1  used at site.yml:2 module\n");
  }

  @Test
  void a_mistyped_key_of_the_configuration_is_answered_with_its_place_and_the_nearest()
      throws IOException {
    program
        .file("site.yml", "- hosts: all\n")
        .file("ansible-venv.yml", "add:\n  colections: [a.b]\n");

    var result = program.run("analyze", "site.yml", "--skip-lint");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.errorOutput())
        .contains("error: ansible-venv.yml:2:3: is not valid: unknown key `colections`\n")
        .contains("hint: did you mean `collections`? here stand: collections, python_packages");
  }
}
