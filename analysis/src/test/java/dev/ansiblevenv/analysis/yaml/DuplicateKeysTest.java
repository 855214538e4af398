package dev.ansiblevenv.analysis.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.diagnostic.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicateKeysTest {

  @Test
  void a_repeated_key_is_a_fatal_finding_at_its_second_place() {
    assertThat(findings("a: 1\nb:\n  - {x: 1, y: 2, x: 3}\na: 2\n"))
        .allMatch(Finding::fatal)
        .map(Finding::toString)
        .containsExactly(
            "a.yml:3:18: yaml[duplicate-key]: the key `x` stands already in line 3",
            "a.yml:4:1: yaml[duplicate-key]: the key `a` stands already in line 1");
  }

  @Test
  void keys_that_python_holds_equal_are_duplicates() {
    assertThat(findings("1: a\ntrue: b\n'1': c\n0x1: d\n")).hasSize(2);
  }

  @Test
  void an_override_of_a_merged_key_is_none() {
    assertThat(findings("a: &a {x: 1}\nb: {<<: *a, x: 2}\nc: *a\n")).isEmpty();
  }

  @Test
  void what_an_anchor_holds_is_reported_once() {
    assertThat(findings("- &a {x: 1, x: 2}\n- *a\n- *a\n")).hasSize(1);
  }

  private static List<Finding> findings(String text) {
    return DuplicateKeys.in("a.yml", YamlReader.read("a.yml", text.getBytes(UTF_8)));
  }
}
