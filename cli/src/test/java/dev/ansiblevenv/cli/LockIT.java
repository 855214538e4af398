package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Locks without a host: made, checked and upgraded, with a real Galaxy server and a real uv.
final class LockIT {

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
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    artifacts = Files.createDirectory(temporary.resolve("artifacts"));
    publish("acme.web", "1.0.0");
    program = Program.in(Files.createDirectory(temporary.resolve("project"))).sharing(tools);
    program.file("site.yml", PLAYBOOK);
    program.file("profiles/torrent.yml", "name: torrent\ncollections: [acme.web]\n");
  }

  @Test
  void missing_locks_are_made_and_those_that_fit_stay_until_they_are_upgraded() throws IOException {
    var made = lock("site.yml", "torrent", "--python", "3.11", "--format", "json");
    assertThat(made.exitCode()).as(made.errorOutput()).isZero();
    Schema.LOCKS.assertValid(made.output());
    assertThat(made.output()).contains("\"torrent\"", "\"site_", "\"new\"");
    assertThat(made.errorOutput()).contains("wrote 2 locks", "Linting site.yml");
    assertThat(program.directory().resolve("venv_specs/torrent.lock/pylock.toml"))
        .content()
        .contains("requires-python = \">=3.11");
    var before = contents();

    TinyCollection.named("acme.web", "1.1.0")
        .requiringAnsible(">=2.15.0")
        .requiring("acme.base", "*")
        .with("roles/site/tasks/main.yml", "[]\n")
        .in(artifacts);
    publish("acme.base", "2.0.0");
    var checked = lock();
    assertThat(checked.exitCode()).as(checked.errorOutput()).isZero();
    assertThat(checked.output())
        .startsWith("torrent: unchanged, ansible-core 2.")
        .contains("1 collection\nsite_");
    assertThat(checked.errorOutput()).contains("nothing to write");
    assertThat(contents()).isEqualTo(before);

    var shown = lock("--upgrade", "--dry-run", "torrent", "profiles/torrent.yml");
    assertThat(shown.exitCode()).as(shown.errorOutput()).isZero();
    assertThat(shown.output())
        .matches("(?s)torrent: \\d+ changes\n.*")
        .containsPattern(" added +acme.base +2.0.0\n")
        .containsPattern(" updated +acme.web +1.0.0 -> 1.1.0\n");
    assertThat(shown.errorOutput()).contains("would write 1 lock");
    assertThat(contents()).isEqualTo(before);

    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var upgraded = lock(galaxy, "--upgrade", "--format", "json");
      assertThat(upgraded.exitCode()).as(upgraded.errorOutput()).isZero();
      Schema.LOCKS.assertValid(upgraded.output());
      assertThat(JSON.std.mapFrom(upgraded.output()).toString())
          .contains("before=[1.0.0], after=[1.1.0]", "before=[], after=[2.0.0]");
      assertThat(upgraded.errorOutput())
          .contains("wrote 2 locks", "on Python 3.11")
          .doesNotContain("warning");
      var after = contents();
      assertThat(after).isNotEqualTo(before);

      var again = lock(galaxy, "--upgrade");
      assertThat(again.output()).contains("torrent: unchanged").contains("site_");
      assertThat(again.errorOutput()).contains("nothing to write");
      assertThat(contents()).isEqualTo(after);
    }
  }

  @Test
  void a_spec_whose_playbook_has_changed_is_locked_from_what_it_says_itself() throws IOException {
    var made = lock("site.yml", "--skip-lint");
    assertThat(made.exitCode()).as(made.errorOutput()).isZero();
    var name = made.output().substring(0, made.output().indexOf(':'));
    publish("acme.web", "1.1.0");
    program.file("site.yml", PLAYBOOK.replace("Set up", "Set something else up"));

    var upgraded = lock("--upgrade", "venv_specs/" + name + ".yml", "--skip-lint");

    assertThat(upgraded.exitCode()).as(upgraded.errorOutput()).isZero();
    assertThat(upgraded.output()).containsPattern("acme\\.web +1\\.0\\.0 -> 1\\.1\\.0");
    assertThat(upgraded.errorOutput())
        .contains(name + " is locked from what its spec says, not from its playbook")
        .contains("`site.yml` is now site_");
  }

  @Test
  void a_call_that_fails_names_both_requirements_and_writes_nothing() throws IOException {
    program.file(
        "profiles/wrong.yml",
        """
        name: wrong
        collections:
          - name: acme.web
            version: ">=2"
        """);
    var result = lock();

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.errorOutput())
        .contains("no version of acme.web satisfies >=2.0.0 (profiles/wrong.yml:3)");
    assertThat(program.directory().resolve("venv_specs")).doesNotExist();
  }

  @Test
  void an_invalid_playbook_a_wrong_name_and_a_wrong_python_are_refused() throws IOException {
    program.file("bad.yml", "- hosts: localhost\n  tasks:\n    - a.b.c.d: x\n      shell: y\n");
    assertThat(lock("bad.yml").exitCode()).isEqualTo(3);
    assertThat(lock("nothing.yml").exitCode()).isEqualTo(2);
    assertThat(lock("torrent", "--python", "3").exitCode()).isEqualTo(2);
    assertThat(program.directory().resolve("venv_specs")).doesNotExist();
  }

  private Program.Result lock(String... arguments) {
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      return lock(galaxy, arguments);
    }
  }

  private Program.Result lock(GalaxyServer galaxy, String... arguments) {
    return program
        .asking(galaxy)
        .run(Stream.concat(Stream.of("lock"), Stream.of(arguments)).toArray(String[]::new));
  }

  private void publish(String name, String version) {
    TinyCollection.named(name, version)
        .requiringAnsible(">=2.15.0")
        .with("roles/site/tasks/main.yml", "[]\n")
        .in(artifacts);
  }

  private HashMap<Path, String> contents() throws IOException {
    var contents = new HashMap<Path, String>();
    try (var files = Files.walk(program.directory().resolve("venv_specs"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, Files.readString(file));
      }
    }
    return contents;
  }
}
