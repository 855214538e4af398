package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A playbook that is edited keeps what was locked for it, with a real Galaxy server and a real uv.
final class EditIT {

  private static final String PLAYBOOK =
      """
      - name: Use a role of a collection
        hosts: localhost
        gather_facts: false
        tasks:
          - name: Set up
            ansible.builtin.include_role:
              name: acme.web.site
      """;

  @TempDir private static Path tools;
  @TempDir private Path temporary;
  private Path artifacts;
  private Program program;

  @BeforeEach
  void create_a_project_and_lock_it() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    artifacts = Files.createDirectory(temporary.resolve("artifacts"));
    publish("acme.web", "1.0.0");
    program = Program.in(Files.createDirectory(temporary.resolve("project"))).sharing(tools);
    program.file("ansible-venv.yml", "constrain: {python_packages: [packaging==23.1]}\n");
    program.file("site.yml", PLAYBOOK);
    lock("--python", "3.11", "--skip-lint");
    publish("acme.web", "1.1.0");
    publish("acme.other", "1.0.0");
  }

  @Test
  void an_edit_that_needs_the_same_is_locked_without_a_request_to_anybody() throws IOException {
    lock();
    var before = Files.readString(locks().getFirst().resolve("pylock.toml"));
    program.file("site.yml", PLAYBOOK.replace("Set up", "Set everything up"));

    try (var nobody = new Nobody()) {
      var edited = nobody.instead(program).run("lock", "site.yml");

      assertThat(edited.exitCode()).as(edited.errorOutput()).isZero();
      assertThat(edited.errorOutput()).contains("Linting site.yml").doesNotContain("Resolving");
      assertThat(nobody.timesAsked()).isZero();
    }
    assertThat(locks())
        .hasSize(2)
        .allSatisfy(lock -> assertThat(lock.resolve("pylock.toml")).hasContent(before))
        .allSatisfy(
            lock -> assertThat(lock.resolve("collections.yml")).content().contains("1.0.0"));
  }

  @Test
  void an_edit_that_needs_more_moves_nothing_else_and_says_what_moved() throws IOException {
    program.file("ansible-venv.yml", "constrain: {python_packages: [packaging>=23.1]}\n");
    program.file("site.yml", PLAYBOOK + PLAYBOOK.replace("acme.web", "acme.other"));

    var edited = lock("--skip-lint");

    assertThat(edited.errorOutput())
        .contains("needs on Python 3.11")
        .contains("Added acme.other 1.0.0: site.yml:13 asks for `acme.other`")
        .doesNotContain("Updated", "Removed");
    assertThat(edited.output())
        .containsPattern("added +acme.other +1.0.0")
        .doesNotContain("updated", "removed");

    program.file("site.yml", PLAYBOOK);
    assertThat(lock("--skip-lint").errorOutput())
        .contains("Removed acme.other 1.0.0: nothing needs it any more")
        .doesNotContain("Updated", "Added");
  }

  @Test
  void only_an_upgrade_moves_versions_and_a_reverted_edit_follows_it() throws IOException {
    program.file("site.yml", PLAYBOOK.replace("Set up", "Set everything up"));
    assertThat(lock("--upgrade", "--skip-lint").errorOutput()).contains("on Python 3.11");

    program.file("site.yml", PLAYBOOK);
    var reverted = lock("--skip-lint");

    assertThat(reverted.output()).containsPattern("updated +acme.web +1.0.0 -> 1.1.0");
    assertThat(locks())
        .hasSize(2)
        .allSatisfy(
            lock -> assertThat(lock.resolve("collections.yml")).content().contains("1.1.0"));
  }

  private Program.Result lock(String... arguments) {
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var result =
          program
              .asking(galaxy)
              .run(
                  Stream.concat(Stream.of("lock", "site.yml"), Stream.of(arguments))
                      .toArray(String[]::new));
      assertThat(result.exitCode()).as(result.errorOutput()).isZero();
      return result;
    }
  }

  private List<Path> locks() throws IOException {
    try (var files = Files.list(program.directory().resolve("venv_specs"))) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  private void publish(String name, String version) {
    TinyCollection.named(name, version)
        .requiringAnsible(">=2.15.0")
        .with("roles/site/tasks/main.yml", "[]\n")
        .in(artifacts);
  }
}
