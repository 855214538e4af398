package dev.ansiblevenv.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictCacheTest {

  private static final List<Path> SIGHT = List.of(Path.of("/collections"));

  @TempDir Path directory;
  private Path playbook;
  private VerdictCache cache;

  @BeforeEach
  void an_empty_cache() throws IOException {
    playbook = Files.writeString(directory.resolve("site.yml"), "---\n");
    cache = new VerdictCache(directory.resolve("lint"));
  }

  @Test
  void a_verdict_comes_back_as_it_was_given() throws IOException {
    var verdict = store(true, "Task/Handler: „ähnlich“ (x)");
    assertThat(cache.find("k", SIGHT)).contains(verdict);
    assertThat(cache.find("k", List.of())).contains(verdict);
    assertThat(cache.find("other", SIGHT)).isEmpty();
  }

  @Test
  void a_failed_verdict_counts_only_for_the_same_collections() throws IOException {
    var verdict = store(false, "no such module");
    assertThat(cache.find("k", SIGHT)).contains(verdict);
    assertThat(cache.find("k", List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--- # noqa\n", ""})
  void a_changed_file_ends_a_verdict(String content) throws IOException {
    store(true, "m");
    Files.writeString(playbook, content);
    assertThat(cache.find("k", SIGHT)).isEmpty();
    Files.delete(playbook);
    assertThat(cache.find("k", SIGHT)).isEmpty();
  }

  @Test
  void an_entry_cut_off_anywhere_is_absent() throws IOException {
    store(true, "m");
    var file = directory.resolve("lint/k.verdict");
    var whole = Files.readString(file);
    for (var length = 0; length < whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      assertThat(cache.find("k", SIGHT)).as("%d characters", length).isEmpty();
    }
    Files.writeString(file, "finding\tx\nend\n");
    assertThat(cache.find("k", SIGHT)).isEmpty();
  }

  @Test
  void what_would_break_the_lines_is_not_kept() throws IOException {
    store(true, "two\tfields");
    assertThat(cache.find("k", SIGHT)).isEmpty();
  }

  private LintVerdict store(boolean passed, String message) throws IOException {
    var finding = new Finding(new Location("site.yml", 3, 0), "name[casing]", message, !passed);
    var verdict = new LintVerdict("ansible-lint 1", passed, List.of(finding));
    var files = Map.of(playbook.toString(), FileHash.of(playbook));
    cache.store("k", new VerdictCache.Entry(verdict, SIGHT, files));
    return verdict;
  }
}
