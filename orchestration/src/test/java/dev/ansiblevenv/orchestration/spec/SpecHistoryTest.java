package dev.ansiblevenv.orchestration.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.lock.LockBounds;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecHistoryTest {

  private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 15, 12, 0);

  @TempDir Path project;
  private SpecStorage storage;
  private SpecHistory history;

  @BeforeEach
  void create() {
    storage = new SpecStorage(new YamlFiles(project));
    history = new SpecHistory(storage);
  }

  @Test
  void the_last_written_spec_is_the_newest_whatever_the_clock_says() {
    history.write(spec("site", "aaaaaaaa", NOON));
    history.write(spec("site", "bbbbbbbb", NOON));
    history.write(spec("site", "cccccccc", NOON.minusDays(1)));

    assertThat(names("site")).containsExactly("site_cccccccc", "site_bbbbbbbb", "site_aaaaaaaa");
  }

  @Test
  void a_reverted_edit_makes_its_spec_the_newest_again_and_keeps_when_it_was_made() {
    history.write(spec("site", "aaaaaaaa", NOON));
    history.write(spec("site", "bbbbbbbb", NOON.plusHours(1)));
    history.write(spec("site", "aaaaaaaa", NOON.plusHours(2)));

    assertThat(names("site")).containsExactly("site_aaaaaaaa", "site_bbbbbbbb");
    assertThat(storage.find("site_aaaaaaaa").orElseThrow())
        .returns(NOON, VenvSpecification::created)
        .returns(NOON.plusHours(2), VenvSpecification::currentSince);
  }

  @Test
  void writing_the_newest_again_changes_nothing() throws Exception {
    history.write(spec("site", "aaaaaaaa", NOON));
    var file = project.resolve("venv_specs/site_aaaaaaaa.yml");
    var before = Files.readString(file);

    history.write(spec("site", "aaaaaaaa", NOON.plusDays(1)));

    assertThat(file).hasContent(before);
  }

  @Test
  void specs_of_other_playbooks_are_other_histories() {
    history.write(spec("site", "aaaaaaaa", NOON));
    history.write(spec("site_b", "bbbbbbbb", NOON));
    storage.write(spec("other/site", "cccccccc", NOON));

    assertThat(names("site")).containsExactly("site_aaaaaaaa");
    assertThat(history.currentNames())
        .containsExactly("site_aaaaaaaa", "site_b_bbbbbbbb", "site_cccccccc");
  }

  @Test
  void needs_are_the_same_in_any_order_and_whoever_asks() {
    var one = new PythonRequirement("requests>=2", "site.yml:3");
    var other = new PythonRequirement("urllib3", "site.yml:4");
    var moved = new PythonRequirement("requests>=2", "site.yml:30");
    var changed = new PythonRequirement("requests>=3", "site.yml:3");

    assertThat(needs(one, other)).isEqualTo(needs(other, moved, moved));
    assertThat(needs(one, other)).isNotEqualTo(needs(changed, other)).isNotEqualTo(needs(one));
  }

  private static String needs(PythonRequirement... python) {
    return new Requirements("a", List.of(python), List.of(), LockBounds.NONE).digest();
  }

  private List<String> names(String stem) {
    return history.of(stem + "_00000000", stem + ".yml").stream()
        .map(VenvSpecification::name)
        .toList();
  }

  private static VenvSpecification spec(String playbook, String hash, LocalDateTime created) {
    return new VenvSpecification(
        playbook.substring(playbook.indexOf('/') + 1) + "_" + hash,
        playbook + ".yml",
        hash,
        List.of(),
        List.of("ansible-core"),
        created,
        hash.repeat(8),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new LintOutcome.Skipped(),
        new TreeMap<>(),
        VenvSpecification.SCHEMA_VERSION);
  }
}
