package dev.ansiblevenv.formats.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedTreeTest {

  @TempDir Path directory;
  private Path role;

  @BeforeEach
  void create() throws IOException {
    role = Files.createDirectories(directory.resolve("roles/web"));
    Files.createDirectories(role.resolve("v2/tasks"));
    Files.writeString(role.resolve("v2/tasks/main.yml"), "");
    Files.createDirectories(directory.resolve("roles/common"));
    Files.writeString(directory.resolve("roles/common/shared"), "");
    Files.writeString(directory.resolve("secret"), "");
  }

  @Test
  void a_link_to_a_directory_has_its_files() throws IOException {
    Files.createSymbolicLink(role.resolve("tasks"), Path.of("v2/tasks"));
    Files.createSymbolicLink(role.resolve("v2/circle"), Path.of(".."));
    Files.createSymbolicLink(role.resolve("gone"), Path.of("nowhere"));
    assertThat(LinkedTree.files(role, role))
        .containsOnlyKeys("tasks/main.yml", "v2/tasks/main.yml");
  }

  @Test
  void a_link_may_lead_as_far_as_is_said() throws IOException {
    Files.createSymbolicLink(role.resolve("shared"), Path.of("../common/shared"));
    assertThat(LinkedTree.files(role, directory.resolve("roles"))).containsKey("shared");
    assertThatThrownBy(() -> LinkedTree.files(role, role))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("web/shared: leads out of");
    Files.createSymbolicLink(role.resolve("files"), Path.of("../.."));
    assertThatThrownBy(() -> LinkedTree.files(role, directory.resolve("roles")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("web/files: leads out of");
  }
}
