package dev.ansiblevenv.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller is killed at points spread over a whole first deploy. Whenever that is, nothing
/// half done can be seen, and the next deploy succeeds.
@Tag("long")
final class KilledDeployIT {

  private static final int POINTS = 20;

  private static final String PLAYBOOK =
      """
      - name: Say hello
        hosts: localhost
        gather_facts: false
        tasks:
          - name: Say it
            ansible.builtin.debug:
              msg: hello
      """;

  @TempDir private Path temporary;
  private Path cache;
  private Duration whole;

  @BeforeEach
  void see_how_long_a_deploy_takes() throws Exception {
    cache = temporary.resolve("cache");
    var program = project("first");
    assertThat(deploy(program).waitFor(10, MINUTES)).isTrue();
    var second = project("second");
    var began = Instant.now();
    var process = deploy(second);
    assertThat(process.waitFor(5, MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    whole = Duration.between(began, Instant.now());
  }

  @Test
  void whenever_the_controller_is_killed_nothing_half_done_shows_and_the_next_deploy_succeeds()
      throws Exception {
    for (var point = 1; point <= POINTS; point++) {
      var program = project("killed-" + point);
      var process = deploy(program);
      var ended =
          process.waitFor(whole.toMillis() * point / (POINTS + 1), MILLISECONDS)
              && process.exitValue() != 0;
      assertThat(ended).as("failed before it was killed").isFalse();
      process.destroyForcibly().waitFor();

      var home = program.directory().resolveSibling("home");
      assertThat(visible(home)).as("after point %d", point).isIn(List.of(), List.of("whole"));
      var listed = program.run("list-host", "localhost");
      assertThat(listed.exitCode()).as(listed.errorOutput()).isZero();
      assertThat(program.run("sync", "--check").exitCode()).isIn(0, 7);

      var next = program.run("deploy", "site.yml", "localhost");
      assertThat(next.exitCode()).as("point %d: %s", point, next.errorOutput()).isZero();
      assertThat(program.run("verify", "localhost").exitCode()).isZero();
      assertThat(program.run("sync", "--check").exitCode()).isZero();
      assertThat(leftovers(home.resolve(".local/share/ansible-venv/envs"))).isEmpty();
      assertThat(leftovers(program.directory().resolve("venv_specs"))).isEmpty();
      assertThat(leftovers(program.directory().resolve("host_venvs"))).isEmpty();
      assertThat(home.resolve("foreign")).hasContent("mine");
    }
  }

  /// For each venv that a person could find there, whether it can be used.
  private static List<String> visible(Path home) throws Exception {
    var found = new ArrayList<String>();
    for (var venv : entries(home.resolve("venvs"))) {
      var playbook = venv.resolve("bin/ansible-playbook").toString();
      var works = new ProcessBuilder(playbook, "--version").start().waitFor() == 0;
      found.add(works ? "whole" : "half");
    }
    return found;
  }

  /// What only a build or a write that goes on may have lying about.
  private static List<Path> leftovers(Path directory) throws IOException {
    return entries(directory).stream()
        .filter(entry -> entry.getFileName().toString().startsWith("."))
        .toList();
  }

  private static List<Path> entries(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private Program project(String name) throws IOException {
    var place = Files.createDirectory(temporary.resolve(name));
    Files.writeString(Files.createDirectory(place.resolve("home")).resolve("foreign"), "mine");
    return Program.in(Files.createDirectory(place.resolve("project")))
        .sharing(cache)
        .file("site.yml", PLAYBOOK);
  }

  private static Process deploy(Program program) throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "deploy",
                "site.yml",
                "localhost")
            .directory(program.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(program.directory().resolveSibling("output").toFile());
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    return builder.start();
  }
}
