package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong with what a user hands in: one error that names the place, the documented exit
/// code, and nothing written.
final class BadInputTest {

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
  }

  @Test
  void a_missing_playbook() throws IOException {
    refused(3, "there is no such playbook");
  }

  @Test
  void a_directory() throws IOException {
    Files.createDirectory(program.directory().resolve("site.yml"));
    refused(3, "is a directory");
  }

  @Test
  void a_binary_file() throws IOException {
    Files.write(program.directory().resolve("site.yml"), new byte[] {'-', ' ', 0, 1, (byte) 0x8d});
    refused(3, "site.yml:1:");
  }

  @Test
  void fifty_megabytes() throws IOException {
    try (var file = new RandomAccessFile(program.directory().resolve("site.yml").toFile(), "rw")) {
      file.setLength(50_000_000);
    }
    refused(3, "site.yml: is too large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '- hosts: all\n\ttasks: []\n'                                     | site.yml:2:1: is not valid YAML
          '- hosts: a\n  hosts: b\n  tasks: []\n'                           | site.yml:2:3: yaml[duplicate-key]
          '- hosts: all\n  tasks: []\n---\n- hosts: all\n'                  | site.yml:3:1:
          ''                                                                | site.yml: is not a playbook
          '- a\n- b\n'                                                      | site.yml:1:3: is not a playbook
          '- hosts: all\n  tasks:\n    - debugg: {}\n'                      | site.yml:3: analysis[unknown-module]
          '- import_playbook: site.yml\n'                                   | site.yml: imports itself
          '- hosts: all\n  tasks:\n    - import_tasks: gone.yml\n'          | site.yml:3: closure[missing-file]
          """)
  void a_playbook_that_ansible_would_not_run(String text, String error) throws IOException {
    program.file("site.yml", text.replace("\\n", "\n").replace("\\t", "\t"));
    refused(3, error);
  }

  @Test
  void text_that_is_not_utf_8() throws IOException {
    Files.write(program.directory().resolve("site.yml"), "- hosts: häst\n".getBytes(ISO_8859_1));
    refused(3, "site.yml:1:11: is not UTF-8 text");
  }

  @Test
  void an_alias_bomb() throws IOException {
    var bomb =
        IntStream.range(1, 12)
            .mapToObj(i ->
                "    a%d: &a%d [%s]"
                    .formatted(i, i, ("*a" + (i - 1) + " ,").repeat(9) + "*a" + (i - 1) + " "))
            .collect(Collectors.joining("\n"));
    program.file("site.yml", "- hosts: all\n  vars:\n    a0: &a0 [x, x]\n" + bomb + "\n");
    refused(3, "with its aliases written out");
  }

  @Test
  void nesting_without_end() throws IOException {
    program.file("site.yml", "- hosts: " + "[".repeat(10_000) + "]".repeat(10_000) + "\n");
    refused(3, "site.yml:1:");
  }

  @Test
  void roles_that_depend_on_each_other() throws IOException {
    program
        .file("site.yml", "- hosts: all\n  roles: [a]\n")
        .file("roles/a/meta/main.yml", "dependencies: [b]\n")
        .file("roles/b/meta/main.yml", "dependencies: [a]\n");
    refused(3, "imports itself");
  }

  @Test
  void a_symbolic_link_that_leaves_the_project() throws IOException {
    program.file("site.yml", "- hosts: all\n  vars_files: [secret.yml]\n  tasks: []\n");
    var outside = Files.writeString(temporary.resolve("secret.yml"), "a: 1\n");
    Files.createSymbolicLink(program.directory().resolve("secret.yml"), outside);
    refused(3, "secret.yml: leads out of the project directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", "", "a b", "user@host", "host:22"})
  void a_host_name_that_cannot_be_one(String host) throws IOException {
    program.file("site.yml", "- hosts: all\n  tasks: []\n");
    refused(2, "cannot name a host", "deploy", "site.yml", host);
  }

  @Test
  void a_host_name_that_looks_like_an_option() throws IOException {
    program.file("site.yml", "- hosts: all\n  tasks: []\n");
    refused(2, "cannot name a host", "deploy", "site.yml", "--", "-oProxyCommand=x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host_venvs/localhost.yml | 'hostname: [' | 7 | host_venvs/localhost.yml:2:1
          inventory/hosts          | '[web'        | 3 | inventory/hosts:1
          """)
  void state_that_somebody_broke(String file, String text, int exitCode, String error)
      throws IOException {
    program.file("site.yml", "- hosts: all\n  tasks: []\n").file(file, text + "\n");
    refused(exitCode, error, "deploy", "site.yml", "localhost");
  }

  @Test
  void a_spec_that_somebody_broke() throws IOException {
    program.file("venv_specs/site_12345678.yml", "name: site_12345678\ncollections: none\n");
    refused(3, "venv_specs/site_12345678.yml:", "show-spec", "site_12345678");
  }

  private void refused(int exitCode, String error) throws IOException {
    refused(exitCode, error, "analyze", "site.yml");
  }

  private void refused(int exitCode, String error, String... arguments) throws IOException {
    var before = tree();
    var result = program.run(arguments);

    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(exitCode);
    assertThat(result.output() + result.errorOutput()).contains(error);
    assertThat(result.errorOutput().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
    assertThat(result.errorOutput()).doesNotContain("Exception");
    assertThat(tree()).isEqualTo(before);
  }

  private List<Path> tree() throws IOException {
    try (var files = Files.walk(program.directory())) {
      return List.copyOf(files.collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
