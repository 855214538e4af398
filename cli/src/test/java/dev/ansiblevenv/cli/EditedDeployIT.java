package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A playbook that is edited and deployed again leaves nothing behind, with real environments.
final class EditedDeployIT {

  private static final Pattern RUN = Pattern.compile("[0-9]{8}T[0-9]{6}-[0-9a-f]{8}");

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    program.file("ansible-venv.yml", "warm: false\n");
    program.file("mine.txt", "not the product's\n");
    Files.createDirectories(temporary.resolve("home/venvs/of-mine"));
  }

  @Test
  void what_an_edit_replaced_goes_away_unless_a_run_is_in_it() throws IOException {
    edit("echo one");
    var first = plan("--format", "json");
    Schema.PLAN.assertValid(first.output());
    assertThat(first.output())
        .contains("\"build\"", "\"new\"")
        .doesNotContain("removed_venvs\" : [ \"");
    assertThat(program.directory().resolve("venv_specs")).doesNotExist();
    assertThat(plan().output()).contains("build the environment on localhost, Python");
    deploy("echo one");
    assertThat(plan().output()).contains("unchanged", "use the environment on localhost");
    var before = names("project/venv_specs", ".yml").getFirst();
    var busy = RUN.matcher(deploy("sleep 600", "--detach").errorOutput());
    assertThat(busy.find()).isTrue();
    // The run reads the playbook that is edited next.
    assertThat(Stream.generate(() -> program.run("logs", busy.group()).output()).limit(200))
        .anyMatch(log -> log.contains("TASK [Do it]"));
    var used = names("project/venv_specs", ".yml");
    used.remove(before);

    deploy("echo three");
    var last = deploy("echo four");

    assertThat(last.errorOutput()).doesNotContain("warning: what the edit", "Resolving");
    assertThat(allSayTheSame()).hasSize(3).containsAll(used).doesNotContain(before);
    assertThat(Files.isSameFile(pylock(used.getFirst()), pylock(allSayTheSame().getLast())))
        .isTrue();

    assertThat(program.run("cancel", busy.group()).exitCode()).isZero();
    program.file("ansible-venv.yml", "warm: false\nadd: {python_packages: [idna]}\n");
    edit("echo five");
    assertThat(plan().output())
        .containsPattern("added +idna")
        .containsPattern("build the environment .* about [0-9]+ s, as earlier builds there")
        .contains("remove venv " + used.getFirst());
    deploy("echo five");
    assertThat(allSayTheSame()).hasSize(2).doesNotContainAnyElementsOf(used);

    program.file("ansible-venv.yml", "warm: false\ncleanup: {keep: 1}\n");
    var planned = program.run("cleanup", "localhost", "--dry-run");
    assertThat(planned.output()).containsPattern("venv +site_").containsPattern("spec +site_");
    assertThat(program.run("cleanup", "localhost").exitCode()).isZero();
    assertThat(allSayTheSame()).hasSize(1);
    assertThat(program.directory().resolve("mine.txt")).exists();
    assertThat(temporary.resolve("home/venvs/of-mine")).exists();
  }

  /// What the project, the host record, the inventory and the host have.
  private List<String> allSayTheSame() throws IOException {
    var specs = names("project/venv_specs", ".yml");
    assertThat(names("project/venv_specs", ".lock")).isEqualTo(specs);
    var venvs = names("home/venvs", "");
    venvs.remove("of-mine");
    assertThat(venvs).isEqualTo(specs);
    var record = Files.readString(program.directory().resolve("host_venvs/localhost.yml"));
    var inventory = Files.readString(program.directory().resolve("inventory/hosts"));
    assertThat(matches("name: (site_[0-9a-f]{8})", record)).isEqualTo(specs);
    assertThat(matches("\"(site_[0-9a-f]{8})\"", inventory)).isEqualTo(specs);
    return specs;
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .sorted()
        .toList();
  }

  private Path pylock(String name) {
    return program.directory().resolve("venv_specs").resolve(name + ".lock/pylock.toml");
  }

  private List<String> names(String directory, String ending) throws IOException {
    try (var files = Files.list(temporary.resolve(directory))) {
      return new ArrayList<>(
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(ending) && !name.startsWith("."))
              .map(name -> name.substring(0, name.length() - ending.length()))
              .sorted()
              .toList());
    }
  }

  private Program.Result deploy(String command, String... options) throws IOException {
    edit(command);
    return run("deploy", options);
  }

  private Program.Result plan(String... options) {
    return run("plan", options);
  }

  private Program.Result run(String verb, String... options) {
    var result =
        program.run(
            Stream.concat(
                    Stream.of(verb, "site.yml", "localhost", "--skip-lint"), Stream.of(options))
                .toArray(String[]::new));
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    return result;
  }

  private void edit(String command) throws IOException {
    program.file(
        "site.yml",
        """
        - name: Do something
          hosts: localhost
          gather_facts: false
          tasks:
            - name: Do it
              ansible.builtin.command: %s
        """
            .formatted(command));
  }
}
