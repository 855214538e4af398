package dev.ansiblevenv.orchestration.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.store.Store.Document;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlFilesTest implements StoreContract {

  @TempDir Path project;

  @Override
  public Store store() {
    return new YamlFiles(project);
  }

  @Test
  void unchanged_text_is_not_written() throws Exception {
    var file = Files.createDirectories(project.resolve("venv_specs")).resolve("a.yml");
    Files.writeString(file, "x");
    var before = Files.readAttributes(file, "unix:ino,ctime");
    store().update(Kind.SPEC, "a", same -> same);
    assertThat(Files.readAttributes(file, "unix:ino,ctime")).isEqualTo(before);
  }

  @Test
  void what_is_not_utf8_is_refused_with_its_place() throws Exception {
    var file = Files.createDirectories(project.resolve("venv_specs")).resolve("a.yml");
    Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xff});
    assertThatThrownBy(() -> store().read(Kind.SPEC, "a"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("venv_specs/a.yml:2:2: is not UTF-8 text");
  }

  @Test
  void two_files_for_one_name_are_a_conflict() throws Exception {
    var directory = Files.createDirectories(project.resolve("host_venvs"));
    Files.writeString(directory.resolve("a.yml"), "");
    Files.writeString(directory.resolve("A.yml"), "");
    assertThatThrownBy(() -> store().read(Kind.HOST_RECORD, "a"))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("host_venvs/A.yml")
        .hasMessageContaining("host_venvs/a.yml");
  }

  @Test
  void the_remains_of_a_killed_writer_go_with_the_next_write() throws Exception {
    var directory = Files.createDirectories(project.resolve("venv_specs"));
    Files.writeString(directory.resolve(".a.yml.8e1c.tmp"), "half");
    var store = store();
    assertThat(store.names(Kind.SPEC)).isEmpty();
    store.update(Kind.SPEC, "a", before -> new Document("a", before.place(), "x"));
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("a.yml"));
    }
  }

  @Test
  void the_locks_stay_out_of_git() throws Exception {
    store().update(Kind.SPEC, "a", before -> new Document("a", before.place(), "x"));
    assertThat(project.resolve(".ansible-venv/.gitignore")).hasContent("*");
  }
}
