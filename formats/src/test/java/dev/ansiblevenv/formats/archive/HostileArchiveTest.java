package dev.ansiblevenv.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ansiblevenv.testing.HostileArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The corpus that the agent is held to as well.
class HostileArchiveTest {

  @TempDir static Path corpus;
  private static List<HostileArchive> archives = List.of();
  @TempDir Path directory;

  @BeforeAll
  static void make() {
    archives = HostileArchive.all(corpus);
  }

  static List<HostileArchive> archives() {
    return archives;
  }

  @ParameterizedTest
  @MethodSource("archives")
  void is_unpacked_or_refused_and_changes_nothing_outside(HostileArchive archive)
      throws IOException {
    Files.createDirectories(directory.resolve("parent/outside"));
    var target = directory.resolve("parent/unpacked");
    var refusal = unpack(archive, target);
    switch (archive.verdict()) {
      case "refused" -> assertThat(refusal).isNotEmpty();
      case "unpacked" -> {
        assertThat(refusal).isEmpty();
        assertThat(tree(target)).isEqualTo(archive.files());
      }
      default -> {}
    }
    assertThat(names(directory)).containsExactly("parent");
    assertThat(names(directory.resolve("parent"))).isSubsetOf("outside", "unpacked");
    assertThat(names(directory.resolve("parent/outside"))).isEmpty();
    assertThat(Path.of("/tmp/ansible-venv-escaped")).doesNotExist();
  }

  private static String unpack(HostileArchive archive, Path target) throws IOException {
    try (var reader =
        archive.isZip()
            ? ArchiveReader.zip(archive.file(), ArchiveLimits.DEFAULT)
            : ArchiveReader.tar(archive.file(), ArchiveLimits.DEFAULT)) {
      Unpacker.unpack(
          reader, target, member -> member.path().startsWith("tests/") ? null : member.path());
      return "";
    } catch (ArchiveRefused e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Map<String, String> tree(Path root) throws IOException {
    var tree = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.toList()) {
        var path = root.relativize(file).toString();
        if (Files.isSymbolicLink(file)) {
          tree.put(path, "-> " + Files.readSymbolicLink(file));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          tree.put(path, Files.readString(file));
          if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.GROUP_WRITE)) {
            fail(path + " may be written by others");
          }
        }
      }
    }
    return tree;
  }

  private static List<String> names(Path directory) throws IOException {
    try (var children = Files.list(directory)) {
      return children.map(child -> String.valueOf(child.getFileName())).sorted().toList();
    }
  }
}
