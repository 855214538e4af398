package dev.ansiblevenv.analysis.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CanonicalFormPropertyTest {

  @Property(tries = 1000)
  void every_way_to_write_a_playbook_has_the_same_hash(@ForAll long seed) {
    var random = new Random(seed);
    var data = Data.playbook(random);
    var one = Scribe.write(data, random);
    var other = Scribe.write(data, random);
    assertThat(form(other).text()).as("%s%n=====%n%s", one, other).isEqualTo(form(one).text());
    assertThat(form(other).contentHash()).isEqualTo(form(one).contentHash());
    assertThat(CanonicalDifference.between(form(one), form(other)).changes()).isEmpty();
  }

  @Property(tries = 1000)
  void every_change_that_ansible_can_see_changes_the_hash(@ForAll long seed) {
    var random = new Random(seed);
    var data = Data.playbook(random);
    var mutated = data.mutated(random);
    var one = Scribe.write(data, random);
    var other = Scribe.write(mutated, random);
    assertThat(form(other).contentHash())
        .as("%s%n=====%n%s", one, other)
        .isNotEqualTo(form(one).contentHash());
    assertThat(CanonicalDifference.between(form(one), form(other)).changes())
        .as("%s%n=====%n%s", one, other)
        .isNotEmpty();
  }

  private static CanonicalForm form(String playbook) {
    return CanonicalForm.of(
        ClosureFile.of("site.yml", FileKind.PLAYBOOK, playbook.getBytes(UTF_8)), List.of());
  }
}
