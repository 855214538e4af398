package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionUnpackingTest {

  @TempDir Path directory;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final Map<String, String> checksums = new HashMap<>();
  private final List<String> unlisted = new ArrayList<>();

  private Path unpack() {
    try {
      var tarball = directory.resolve("c.tar.gz");
      pack(tarball);
      var target = directory.resolve("target/c");
      CollectionUnpacking.unpack(new CollectionTarball(tarball, "acme.web"), target);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pack(Path tarball) throws IOException {
    var rows = new ArrayList<Map<String, Object>>();
    files.forEach((path, content) -> row(rows, path, content));
    links.forEach((path, _) -> row(rows, path, ""));
    var listing = JSON.std.asString(Map.of("files", rows)).getBytes(StandardCharsets.UTF_8);
    var manifest =
        JSON.std.asString(
            Map.of("file_manifest_file", Map.of("chksum_sha256", Sha256.of(listing))));
    try (var tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(tarball)))) {
      put(tar, "MANIFEST.json", manifest.getBytes(StandardCharsets.UTF_8));
      put(tar, "FILES.json", listing);
      for (var link : links.entrySet()) {
        var entry = new TarArchiveEntry(link.getKey(), TarConstants.LF_SYMLINK, true);
        entry.setLinkName(link.getValue());
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
      for (var file : files.entrySet()) {
        put(tar, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void row(List<Map<String, Object>> rows, String path, String content) {
    if (!unlisted.contains(path)) {
      var actual = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
      rows.add(
          Map.of(
              "name",
              path,
              "ftype",
              "file",
              "chksum_sha256",
              checksums.getOrDefault(path, actual)));
    }
  }

  private static void put(TarArchiveOutputStream tar, String path, byte[] content)
      throws IOException {
    var entry = new TarArchiveEntry(path, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  @Test
  void unpacks_files_and_links_that_stay_inside() {
    files.put("plugins/modules/a.py", "a");
    files.put("README.md", "");
    links.put("plugins/modules/b", "../../README.md");
    var target = unpack();
    assertThat(target.resolve("plugins/modules/a.py")).hasContent("a");
    assertThat(target.resolve("plugins/modules/b")).isSymbolicLink().hasContent("");
  }

  @Test
  void leaves_out_what_the_listing_does_not_name() {
    files.put("README.md", "");
    files.put("extra.py", "x");
    unlisted.add("extra.py");
    assertThat(unpack().resolve("extra.py")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "../escaped",
    "/tmp/ansible-venv-escaped",
    "a/../../escaped",
    "a//b",
  })
  void refuses_names_that_are_not_plainly_inside(String name) {
    files.put(name, "x");
    assertThatThrownBy(this::unpack).isInstanceOf(Failure.class).hasMessageContaining("acme.web");
    assertThat(directory.resolve("escaped")).doesNotExist();
    assertThat(directory.resolve("target/escaped")).doesNotExist();
    unlisted.add(name);
    assertThatThrownBy(this::unpack).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd,its link `loop` leads out of it",
    "../../c.tar.gz,its link `loop` leads out of it",
    "..,its link `loop` leads out of it",
    "loop,its link `loop` leads nowhere",
    "nowhere,'it lacks loop, which its FILES.json lists'",
  })
  void refuses_links_that_lead_out_or_nowhere(String destination, String why) {
    links.put("loop", destination);
    assertThatThrownBy(this::unpack).isInstanceOf(Failure.class).hasMessageContaining(why);
  }

  @Test
  void refuses_a_link_behind_a_link_and_a_file_behind_a_link() {
    files.put("a/b/file", "");
    links.put("l", "a/b");
    links.put("l/escape", "../../x");
    checksums.put("l", Sha256.of(new byte[0]));
    assertThatThrownBy(this::unpack)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it holds `l` twice");
  }

  @Test
  void refuses_a_file_that_is_not_what_its_listing_says() {
    files.put("a.py", "good");
    checksums.put("a.py", Sha256.of("bad".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(this::unpack)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("a.py is not what its FILES.json says");
  }
}
