package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two playbooks of one name whose content hashes begin with the same eight digits.
final class CollisionIT {

  private static final String NAME = "site_11a0b30d";

  private static final String PLAYBOOK =
      """
      - name: Say something
        hosts: localhost
        gather_facts: false
        tasks:
          - name: Say
            ansible.builtin.debug:
              msg: variant %d
      """;

  private static final String ONE = PLAYBOOK.formatted(1053500);
  private static final String TWO = PLAYBOOK.formatted(1142422);

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    program.file("one/site.yml", ONE).file("two/site.yml", TWO);
  }

  @Test
  void the_second_one_is_an_error_that_names_both_and_changes_nothing() throws IOException {
    var one = sha256("one/site.yml");
    var two = sha256("two/site.yml");
    assertThat(two).isNotEqualTo(one).startsWith(one.substring(0, 8));
    var locked = program.run("lock", "one/site.yml", "--skip-lint");
    assertThat(locked.exitCode()).as(locked.errorOutput()).isZero();
    var spec = program.directory().resolve("venv_specs/" + NAME + ".yml");
    var before = Files.readString(spec);

    for (var arguments :
        new String[][] {
          {"analyze", "two/site.yml", "--skip-lint"},
          {"explain", "two/site.yml", "ansible-core"},
          {"lock", "--upgrade", "two/site.yml", "--skip-lint"},
          {"deploy", "two/site.yml", "localhost", "--skip-lint"}
        }) {
      var refused = program.run(arguments);
      assertThat(refused.exitCode()).as(arguments[0] + refused.errorOutput()).isEqualTo(7);
      assertThat(refused.errorOutput())
          .contains("venv_specs/" + NAME + ".yml: two contents have one name")
          .contains("one/site.yml with SHA-256 " + one, "two/site.yml with SHA-256 " + two);
    }
    assertThat(spec).hasContent(before);
    assertThat(program.directory().resolve("host_venvs")).doesNotExist();
    assertThat(program.run("analyze", "one/site.yml", "--skip-lint").exitCode()).isZero();
  }

  @Test
  void the_venv_that_another_project_has_on_the_host_is_not_replaced() throws IOException {
    program.file("profiles/more.yml", "name: more\npython_packages: [urllib3]\n");
    var locked = program.run("lock", "one/site.yml", "more", "--skip-lint");
    assertThat(locked.exitCode()).as(locked.errorOutput()).isZero();
    var specs = program.directory().resolve("venv_specs");
    for (var file : new String[] {"pylock.toml", "collections.yml"}) {
      program.file(
          "venv_specs/" + NAME + ".lock/" + file,
          Files.readString(specs.resolve("more.lock").resolve(file)));
    }
    var deployed = program.run("deploy", "one/site.yml", "localhost", "--skip-lint");
    assertThat(deployed.exitCode()).as(deployed.errorOutput()).isZero();
    var link = temporary.resolve("home/venvs").resolve(NAME);
    var environment = Files.readSymbolicLink(link);

    var another = Program.in(Files.createDirectory(temporary.resolve("another")));
    another.file("two/site.yml", TWO);
    var refused = another.run("deploy", "two/site.yml", "localhost", "--skip-lint");

    assertThat(refused.exitCode()).as(refused.errorOutput()).isEqualTo(7);
    assertThat(refused.errorOutput())
        .contains(link + " was made", "from another lock", "not by this project")
        .contains("the last playbook that ran in it is one/site.yml");
    assertThat(Files.readSymbolicLink(link)).isEqualTo(environment);
    assertThat(another.directory().resolve("host_venvs")).doesNotExist();
  }

  private String sha256(String playbook) throws IOException {
    var analysed = program.run("analyze", playbook, "--skip-lint", "--format", "json");
    return String.valueOf(JSON.std.mapFrom(analysed.output()).get("content_hash"));
  }
}
