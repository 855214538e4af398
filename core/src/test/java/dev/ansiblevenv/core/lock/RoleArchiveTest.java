package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleArchiveTest {

  @TempDir Path directory;

  private record Member(String name, String link) {}

  private static Member file(String name) {
    return new Member(name, "");
  }

  private Path repacked(Member... members) throws IOException {
    var archive = directory.resolve("role.tar");
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (var member : members) {
        var content = member.name.endsWith(".yml") ? "a: b\n" : "x";
        var entry = new TarArchiveEntry(member.name, TarConstants.LF_NORMAL, true);
        if (!member.link.isEmpty()) {
          entry = new TarArchiveEntry(member.name, TarConstants.LF_SYMLINK, true);
          entry.setLinkName(member.link);
          content = "";
        }
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    var target = directory.resolve("repacked.tar.gz");
    new RoleArchive(archive, "acme.web").repack(directory.resolve("cache/unpacked"), target);
    return target;
  }

  @Test
  void the_directory_of_the_shortest_meta_main_is_the_role() throws IOException {
    var repacked =
        repacked(
            file("r-1/roles/x/meta/main.yml"),
            file("r-1/meta/main.yml"),
            file("r-1/tasks/main.yml"),
            new Member("r-1/files/link", "../tasks/main.yml"));
    var target = directory.resolve("role");
    new RoleArchive(repacked, "acme.web").unpack(target);
    assertThat(target.resolve("files/link")).isSymbolicLink().hasContent("a: b\n");
    assertThat(target.resolve("roles/x/meta/main.yml")).isRegularFile();
  }

  @Test
  void the_order_of_the_members_does_not_count() throws IOException {
    var one =
        Sha256.of(repacked(file("r/meta/main.yml"), file("r/b"), file("r/a-b"), file("r/a/c")));
    delete("cache");
    var other =
        Sha256.of(repacked(file("x/a/c"), file("x/a-b"), file("x/b"), file("x/meta/main.yml")));
    assertThat(other).isEqualTo(one);
  }

  @Test
  void links_behind_links_write_nothing_outside() throws IOException {
    var before = names();
    assertThatThrownBy(() ->
            repacked(
                file("r/meta/main.yml"),
                new Member("r/a/b/c/d/e", "../../../.."),
                new Member("r/a/b/c/d/e/u", "../../../.."),
                file("r/a/b/c/d/e/u/.bash_profile_pwned")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("acme.web: is not a role: it holds `a/b/c/d/e` twice");
    assertThat(names())
        .isEqualTo(Stream.concat(before.stream(), Stream.of("cache", "role.tar")).toList());
  }

  @Test
  void without_meta_main_it_is_no_role() {
    assertThatThrownBy(() -> repacked(file("r/tasks/main.yml")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("it has no meta/main.yml");
  }

  private List<String> names() throws IOException {
    try (var children = Files.list(directory)) {
      return children.map(child -> String.valueOf(child.getFileName())).sorted().toList();
    }
  }

  private void delete(String name) throws IOException {
    Trees.delete(directory.resolve(name));
  }
}
