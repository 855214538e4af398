package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.environment.HostEnvironment.Status;
import dev.ansiblevenv.orchestration.AnsibleVenv;
import dev.ansiblevenv.orchestration.Settings;
import dev.ansiblevenv.orchestration.deploy.PlaybookOptions;
import dev.ansiblevenv.orchestration.deploy.RunOrder;
import dev.ansiblevenv.orchestration.follow.Following;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Venvs of profiles on this machine, with a real Galaxy server, a real index and real builds.
final class EnsureIT {

  private static final String PROFILE =
      """
      name: torrent
      collections:
        - name: acme.web
          version: "%s"
      python_packages:
        - urllib3%s
      """;

  @TempDir private static Path tools;
  @TempDir private Path temporary;
  private Path artifacts;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    artifacts = Files.createDirectory(temporary.resolve("artifacts"));
    publish("1.0.0");
    program = Program.in(Files.createDirectory(temporary.resolve("project"))).sharing(tools);
    program.file("profiles/torrent.yml", PROFILE.formatted(">=1", ""));
  }

  @Test
  void a_host_gets_the_venv_of_a_profile_and_a_second_call_changes_nothing() throws IOException {
    Program.Result built;
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      built = program.asking(galaxy).run("ensure", "torrent", "localhost", "--format", "json");
      assertThat(built.exitCode()).as(built.errorOutput()).isZero();
    }
    Schema.ENSURED.assertValid(built.output());
    var document = JSON.std.mapFrom(built.output());
    assertThat(document)
        .containsEntry("name", "torrent")
        .containsEntry("host", "localhost")
        .containsEntry("status", "built")
        .containsEntry("collections", Map.of("acme.web", "1.0.0"));
    var venv = temporary.resolve("home/venvs/torrent");
    assertThat(document).containsEntry("path", venv.toString());
    assertThat(venv.resolve("bin/ansible-playbook")).exists();
    assertThat(document.get("python_packages").toString()).contains("urllib3", "ansible-core");
    assertThat(program.directory().resolve("host_venvs/localhost.yml"))
        .content()
        .contains("name: torrent");
    assertThat(program.directory().resolve("inventory/hosts")).content().contains("torrent");

    var before = written();
    var second = program.run("ensure", "profiles/torrent.yml", "localhost", "--format", "json");

    assertThat(second.exitCode()).as(second.errorOutput()).isZero();
    assertThat(JSON.std.mapFrom(second.output()))
        .containsEntry("status", "ready")
        .containsEntry("messages", List.of());
    assertThat(written()).isEqualTo(before);
    assertThat(program.run("ensure", "torrent", "localhost").output())
        .startsWith("`torrent` on `localhost` is ready: " + venv)
        .contains("acme.web 1.0.0");

    program.file("hello.yml", "- hosts: all\n  gather_facts: false\n  tasks:\n    - ping:\n");
    var operations = operations();
    assertThat(operations.ensureVenv("torrent", "localhost").status()).isEqualTo(Status.READY);
    var run =
        operations.runPlaybookWithVenv(
            new RunOrder(
                program.directory().resolve("hello.yml"),
                "localhost",
                "torrent",
                PlaybookOptions.NONE,
                false,
                80,
                Following.OUTPUT),
            progress -> {});
    assertThat(run.success()).isTrue();
    assertThat(run.venvName()).isEqualTo("torrent");

    var deployed =
        operations.deployPlaybookWithOrchestration(
            program.directory().resolve("hello.yml"), "localhost", false);
    assertThat(deployed.success()).isTrue();
    assertThat(deployed.venvName()).startsWith("hello_");
    assertThat(deployed.stats().get("localhost").ok()).isEqualTo(1);
  }

  @Test
  void a_lock_stays_as_long_as_it_has_what_the_profile_asks_for() throws IOException {
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var first = program.asking(galaxy).run("ensure", "torrent", "localhost");
      assertThat(first.exitCode()).as(first.errorOutput()).isZero();
    }
    publish("1.5.0");
    var lock = lock();
    program.file("profiles/torrent.yml", PROFILE.formatted(">=1,<2", ">=1.20"));
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var same = program.asking(galaxy).run("ensure", "torrent", "localhost");
      assertThat(same.exitCode()).as(same.errorOutput()).isZero();
      assertThat(same.output()).contains("is ready", "acme.web 1.0.0");
      assertThat(lock()).isEqualTo(lock);
      assertThat(galaxy.requests()).isEmpty();

      program.file("profiles/torrent.yml", PROFILE.formatted(">=1.1", ">=1.20"));
      var changed = program.asking(galaxy).run("ensure", "torrent", "localhost");
      assertThat(changed.exitCode()).as(changed.errorOutput()).isZero();
      assertThat(changed.errorOutput())
          .contains(
              "The lock of torrent no longer fits: it has acme.web 1.0.0, and"
                  + " profiles/torrent.yml:3 asks for `>=1.1`");
      assertThat(changed.output()).contains("is built", "acme.web 1.5.0");
      assertThat(changed.errorOutput()).contains("the lock has changed");
    }
  }

  @Test
  void requirements_that_contradict_each_other_are_named_before_anything_is_built()
      throws IOException {
    program.file(
        "profiles/torrent.yml",
        "name: torrent\npython_packages:\n  - urllib3<2\n  - requests\n  - urllib3>=2\n");
    var result = program.run("ensure", "torrent", "localhost");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.errorOutput())
        .contains(
            "the requirements contradict each other",
            "`urllib3<2` (profiles/torrent.yml:3)",
            "`urllib3>=2` (profiles/torrent.yml:5)");
    assertThat(program.directory().resolve("venv_specs")).doesNotExist();
    assertThat(program.directory().resolve("host_venvs")).doesNotExist();
    assertThat(temporary.resolve("home/venvs")).doesNotExist();
  }

  @Test
  void what_is_neither_a_profile_nor_a_spec_is_wrong_usage_and_names_those_there_are() {
    var result = program.run("ensure", "torent", "localhost");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("neither a profile nor a spec `torent`", "there are: torrent");
  }

  @Test
  void a_venv_of_another_project_with_this_name_stays_as_it_is() throws IOException {
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var first = program.asking(galaxy).run("ensure", "torrent", "localhost");
      assertThat(first.exitCode()).as(first.errorOutput()).isZero();
      var link = temporary.resolve("home/venvs/torrent");
      var environment = Files.readSymbolicLink(link);

      var own = program;
      program = Program.in(Files.createDirectory(temporary.resolve("another"))).sharing(tools);
      program.file("profiles/torrent.yml", "name: torrent\n");
      var refused = program.asking(galaxy).run("ensure", "torrent", "localhost");
      assertThat(refused.exitCode()).isEqualTo(7);
      assertThat(refused.errorOutput())
          .contains("from another lock", "not by this project", "--force-recreate");
      assertThat(Files.readSymbolicLink(link)).isEqualTo(environment);
      assertThat(program.directory().resolve("host_venvs")).doesNotExist();

      copy(own, "profiles/torrent.yml");
      copy(own, "venv_specs/torrent.lock/pylock.toml");
      copy(own, "venv_specs/torrent.lock/collections.yml");
      var shared = program.asking(galaxy).run("ensure", "torrent", "localhost");
      assertThat(shared.exitCode()).as(shared.errorOutput()).isZero();
      assertThat(shared.output()).contains("is ready");
    }
  }

  private AnsibleVenv operations() {
    return new AnsibleVenv(
        new Settings(
            program.directory(),
            Path.of(program.environment().get("XDG_CACHE_HOME")).resolve("ansible-venv"),
            program.environment(),
            Clock.systemDefaultZone()));
  }

  private void copy(Program from, String file) throws IOException {
    program.file(file, Files.readString(from.directory().resolve(file)));
  }

  private void publish(String version) {
    TinyCollection.named("acme.web", version).requiringAnsible(">=2.15.0").in(artifacts);
  }

  private String lock() throws IOException {
    var directory = program.directory().resolve("venv_specs/torrent.lock");
    return Files.readString(directory.resolve("pylock.toml"))
        + Files.readString(directory.resolve("collections.yml"));
  }

  /// Every file of the project and when it was written.
  private Map<Path, FileTime> written() throws IOException {
    var times = new HashMap<Path, FileTime>();
    try (var files = Files.walk(program.directory())) {
      for (var file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
