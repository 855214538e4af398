package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody sees a training that ends early; the start is only slower.
class StartupTrainingTest {

  @TempDir private Path directory;

  @Test
  void every_file_of_the_training_project_is_used() throws IOException, URISyntaxException {
    var training = Objects.requireNonNull(StartupTraining.class.getResource("training"));
    var root = Path.of(training.toURI());
    try (var files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(StartupTraining.FILES);
    }
  }

  @Test
  void the_training_playbook_is_read_to_its_end() throws IOException {
    StartupTraining.copyProject(directory);
    var result = Program.in(directory).run("analyze", "site.yml", "--skip-lint");
    assertThat(result.output()).contains("community.general", "roles/page/meta/main.yml");
  }

  @Test
  void the_training_deploys_to_its_end() throws IOException {
    StartupTraining.copyProject(directory);
    new TrainingHost(directory).has(StartupTraining.VENV, StartupTraining.LOCK_DIGEST);
    var project = directory.resolve("deployed");
    var training = new Program(project, Map.of("HOME", directory.toString()), "");
    var result = training.run("deploy", "site.yml", "localhost", "--skip-lint");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.output() + result.errorOutput()).contains("ok: [localhost]");
  }
}
