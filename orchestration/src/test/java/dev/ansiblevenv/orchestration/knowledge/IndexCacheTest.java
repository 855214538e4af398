package dev.ansiblevenv.orchestration.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.catalogue.CollectionIndex;
import dev.ansiblevenv.core.lock.LockedCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexCacheTest {

  private static final LockedCollection WEB =
      new LockedCollection("acme.web", "1.0.0", "", "", "a".repeat(64), 1);
  private static final CollectionIndex INDEX =
      CollectionIndex.parse("collection acme.web\norigin 1.0.0\nnames module ask\n");

  @TempDir private Path directory;
  private IndexCache cache;

  @BeforeEach
  void keep_an_index_made_with_one_collection_and_without_another() {
    cache = new IndexCache(directory);
    cache.keep(WEB, INDEX, new TreeMap<>(Map.of("acme.base", "b", "acme.gone", "")));
  }

  @Test
  void is_found_as_it_was_kept() {
    assertThat(cache.find(WEB, Map.of("acme.base", "b")))
        .map(CollectionIndex::text)
        .contains(INDEX.text());
  }

  @Test
  void does_not_count_with_another_version_of_what_it_was_made_with() {
    assertThat(cache.find(WEB, Map.of("acme.base", "c"))).isEmpty();
    assertThat(cache.find(WEB, Map.of())).isEmpty();
    assertThat(cache.find(WEB, Map.of("acme.base", "b", "acme.gone", "d"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 65, 70, 100})
  void does_not_count_when_it_was_cut(int length) throws IOException {
    var file = file();
    Files.writeString(file, Files.readString(file).substring(0, length));
    assertThat(cache.find(WEB, Map.of("acme.base", "b"))).isEmpty();
  }

  @Test
  void does_not_count_when_it_is_no_text() throws IOException {
    Files.write(file(), new byte[] {(byte) 0xff, 0, '\n', (byte) 0xfe});
    assertThat(cache.find(WEB, Map.of("acme.base", "b"))).isEmpty();
  }

  private Path file() throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }
}
