package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.RealCollections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real ansible-lint, which the program installs itself.
final class AnalyzeIT {

  private static final Path HELLO = Path.of("../examples/hello/site.yml");

  @TempDir private static Path cache;

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    program = Program.in(Files.createDirectory(temporary.resolve("project"))).sharing(cache);
    program.file("site.yml", Files.readString(HELLO));
  }

  @Test
  void a_valid_playbook_is_analysed_linted_and_nothing_is_written() throws IOException {
    var result = program.run("analyze", "site.yml", "--format", "json");

    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    Schema.ANALYSIS.assertValid(result.output());
    assertThat(result.output())
        .contains("\"closure\" : [ \"site.yml\" ]", "\"name\" : \"ansible-core\"")
        .contains("\"linter\" : \"ansible-lint ", "\"passed\" : true");
    try (var files = Files.list(program.directory())) {
      assertThat(files).containsExactly(program.directory().resolve("site.yml"));
    }
  }

  @Test
  void findings_of_ansible_lint_are_shown_and_end_with_three() throws IOException {
    program
        .file(".ansible-lint", "profile: production\n")
        .file("site.yml", "- hosts: all\n  tasks: []\n");

    var text = program.run("analyze", "site.yml");
    var json = program.run("analyze", "site.yml", "--format=json");

    assertThat(text.exitCode()).as(text.errorOutput()).isEqualTo(3);
    assertThat(text.output()).containsPattern("(?m)^site\\.yml:1(:[0-9]+)?: name\\[play\\]: ");
    assertThat(text.errorOutput()).contains("error: site.yml: the playbook is not valid");
    assertThat(json.exitCode()).isEqualTo(3);
    Schema.ANALYSIS.assertValid(json.output());
  }

  @Test
  void an_unknown_module_is_found_without_ansible_lint() throws IOException {
    program.file("site.yml", "- hosts: all\n  tasks:\n    - no_such_module: {}\n");

    var result = program.run("analyze", "site.yml", "--format=json");

    assertThat(result.exitCode()).isEqualTo(3);
    Schema.ANALYSIS.assertValid(result.output());
    assertThat(result.output()).contains("no_such_module", "\"line\" : 3", "\"lint\" : null");
  }

  @Test
  void what_cannot_be_decided_is_an_error_only_when_strict() throws IOException {
    program.file(
        "site.yml",
        "- hosts: all\n  tasks:\n    - ansible.builtin.include_role:\n        name: \"{{ which }}\"\n");

    assertThat(program.run("analyze", "site.yml", "--skip-lint").exitCode()).isZero();
    var strict = program.run("analyze", "site.yml", "--skip-lint", "--strict");

    assertThat(strict.exitCode()).isEqualTo(3);
    assertThat(strict.output()).contains("Unresolved", "{{ which }}");
    assertThat(strict.errorOutput())
        .contains("warning: ansible-lint is skipped", "error: site.yml: ", "--strict");
  }

  @Test
  void a_collection_that_no_server_has_is_in_the_document_all_the_same() throws IOException {
    program.file("site.yml", "- hosts: all\n  tasks:\n    - no_such.collection.thing:\n");
    try (var galaxy = GalaxyServer.over(RealCollections.directory()).start()) {
      var result = program.asking(galaxy).run("analyze", "site.yml", "--format=json");

      assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(4);
      Schema.ANALYSIS.assertValid(result.output());
      assertThat(result.output()).contains("\"name\" : \"no_such.collection\"");
      assertThat(result.errorOutput()).contains("no_such.collection");
    }
  }

  @Test
  void the_canonical_form_needs_no_linter_and_hides_comments() throws IOException {
    var before = program.run("analyze", "site.yml", "--show-canonical");
    program.file("site.yml", "# a comment\n" + Files.readString(HELLO));
    var after = program.run("analyze", "site.yml", "--show-canonical");

    assertThat(before.exitCode()).isZero();
    assertThat(before.errorOutput()).isEmpty();
    assertThat(before.output()).startsWith("ansible-venv canonical form").isEqualTo(after.output());
  }

  @Test
  void a_playbook_that_is_not_there_is_one_error_document() throws IOException {
    var result = program.run("analyze", "nowhere.yml", "--format=json");

    assertThat(result.exitCode()).isEqualTo(3);
    Schema.ERROR.assertValid(result.output());
    assertThat(result.errorOutput()).contains("nowhere.yml");
  }
}
