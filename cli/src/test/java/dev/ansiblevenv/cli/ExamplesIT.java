package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.RealCollections;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The repository's examples, as a newcomer runs them.
final class ExamplesIT {

  private static final Path EXAMPLES = Path.of("../examples");

  @TempDir private static Path cache;

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void copy_the_examples() throws IOException {
    var project = temporary.resolve("project");
    try (var files = Files.walk(EXAMPLES)) {
      for (var file : files.sorted().toList()) {
        Files.copy(file, project.resolve(EXAMPLES.relativize(file).toString()));
      }
    }
    Files.createDirectory(temporary.resolve("home"));
    program = Program.in(project).sharing(cache);
  }

  @Test
  void a_role_with_templates_and_handlers_does_its_work_and_a_second_run_changes_nothing()
      throws IOException {
    var first = program.run("deploy", "status-page/site.yml", "localhost");
    assertThat(first.exitCode()).as(first.errorOutput()).isZero();
    assertThat(first.output()).contains("RUNNING HANDLER").contains("changed=2");
    assertThat(temporary.resolve("home/ansible-venv-example/index.html"))
        .content()
        .contains("<h1>Status of localhost</h1>");

    var files = contents();
    var second = program.run("deploy", "status-page/site.yml", "localhost");
    assertThat(second.exitCode()).as(second.errorOutput()).isZero();
    assertThat(second.output()).contains("changed=0");
    assertThat(contents()).isEqualTo(files);
  }

  /// Without an account the run goes as far as the provider's door.
  @Test
  void the_droplet_is_analysed_linted_locked_built_and_tried() throws IOException {
    try (var galaxy = GalaxyServer.over(RealCollections.directory()).start()) {
      var droplet = program.asking(galaxy);

      var result = droplet.run("deploy", "rtorrent/start_rtorrent_droplet.yml", "localhost");

      assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(1);
      assertThat(result.output()).contains("TASK [Create the droplet]").contains("failed=1");
      var venvs = temporary.resolve("home/venvs");
      try (var names = Files.list(venvs)) {
        var venv = names.findFirst().orElseThrow();
        try (var files = Files.walk(venv.resolve("lib"), FileVisitOption.FOLLOW_LINKS)) {
          assertThat(files)
              .anyMatch(file -> file.endsWith("plugins/modules/digital_ocean_droplet.py"));
        }
        assertThat(droplet.run("list-host", "localhost").output())
            .contains(venv.getFileName().toString());
      }
      assertThat(program.directory().resolve("inventory/hosts"))
          .content()
          .contains("installed_venvs='[\"start_rtorrent_droplet_");
    }
  }

  @Test
  void a_profile_is_locked_and_its_venv_built_and_found_again() throws IOException {
    try (var galaxy = GalaxyServer.over(RealCollections.directory()).start()) {
      var torrent =
          new Program(program.directory().resolve("torrent"), program.environment(), "")
              .asking(galaxy);

      var built = torrent.run("ensure", "torrent", "localhost");

      assertThat(built.exitCode()).as(built.errorOutput()).isZero();
      assertThat(built.output())
          .startsWith("`torrent` on `localhost` is built: ")
          .contains("community.digitalocean 1.");
      assertThat(torrent.run("ensure", "torrent", "localhost").output()).contains("is ready");
    }
  }

  private HashMap<Path, String> contents() throws IOException {
    var contents = new HashMap<Path, String>();
    try (var files = Files.walk(program.directory())) {
      var notes = program.directory().resolve(".ansible-venv/runs");
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(notes)) {
          contents.put(file, Files.readString(file));
        }
      }
    }
    return contents;
  }
}
