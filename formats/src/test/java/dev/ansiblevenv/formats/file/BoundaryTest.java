package dev.ansiblevenv.formats.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundaryTest {

  @TempDir Path directory;
  private Path project;

  @BeforeEach
  void create() throws IOException {
    project =
        Files.createDirectories(directory.resolve("project/a")).resolveSibling("").normalize();
    Files.createDirectories(directory.resolve("outside"));
    Files.createSymbolicLink(project.resolve("out"), Path.of("../outside"));
    Files.createSymbolicLink(project.resolve("gone"), Path.of("../nowhere"));
    Files.createSymbolicLink(project.resolve("in"), Path.of("a"));
    Files.createSymbolicLink(project.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("project"));
  }

  @Test
  void what_leads_out_is_outside_whether_it_exists_or_not() {
    var boundary = Boundary.of(directory.resolve("link"), Map.of(Boundary.VARIABLE, ""));
    for (var inside : new String[] {"", "a", "in", "in/new/file", "new", "out/.."}) {
      boundary.require(project.resolve(inside), "it");
    }
    for (var outside : new String[] {"..", "../x", "out", "out/new", "gone", "/etc"}) {
      assertThatThrownBy(() -> boundary.require(project.resolve(outside), "it"))
          .as(outside)
          .isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void a_project_with_a_link_out_of_it_or_a_pipe_is_refused_whole() throws Exception {
    Boundary.of(project, Map.of()).requireWhole();
    var closed = Boundary.of(project, Boundary.closed(Map.of()));
    for (var link : new String[] {"gone", "loop", "out"}) {
      assertThatThrownBy(closed::requireWhole)
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("names what is not in the project");
      Files.delete(project.resolve(link));
    }
    closed.requireWhole();
    var pipe = project.resolve("a/pipe").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThatThrownBy(closed::requireWhole)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a/pipe")
        .hasMessageContaining("it is not a regular file");
  }

  @Test
  void only_a_closed_one_refuses() {
    Boundary.of(project, Map.of()).require(Path.of("/etc"), "ansible.cfg:1");
    var closed = Boundary.of(project, Boundary.closed(Map.of()));
    assertThatThrownBy(() -> closed.require(Path.of("/etc"), "ansible.cfg:1"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("ansible.cfg:1: names what is not in the project: `/etc`");
  }

  @Test
  void variables_that_name_places_of_the_caller_do_not_reach_an_untrusted_project() {
    var environment =
        Map.of(
            "HOME", "/h",
            "ANSIBLE_ROLES_PATH", "/r",
            "ANSIBLE_CONFIG", "/c",
            "ANSIBLE_GALAXY_SERVER_URL", "u",
            "ANSIBLE_GALAXY_TOKEN_PATH", "/t");
    assertThat(Boundary.closed(environment))
        .containsOnly(
            Map.entry("HOME", "/h"),
            Map.entry("ANSIBLE_GALAXY_SERVER_URL", "u"),
            Map.entry("ANSIBLE_GALAXY_TOKEN_PATH", "/dev/null"),
            Map.entry("ANSIBLE_VENV_UNTRUSTED", "1"));
  }
}
