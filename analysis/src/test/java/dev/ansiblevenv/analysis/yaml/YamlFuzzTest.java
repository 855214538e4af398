package dev.ansiblevenv.analysis.yaml;

import static dev.ansiblevenv.analysis.Bounded.answersOrRefuses;

import dev.ansiblevenv.analysis.Mutations;
import dev.ansiblevenv.analysis.canonical.CanonicalText;
import dev.ansiblevenv.analysis.canonical.FileKind;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class YamlFuzzTest {

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_file_has_a_canonical_form_or_is_refused(
      @ForAll("files") String text, @ForAll FileKind kind, @ForAll Random random) {
    var content = Mutations.bytes(text, random);
    answersOrRefuses(() -> CanonicalText.of("a.yml", kind, content));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_file_has_its_duplicate_keys_found_or_is_refused(@ForAll("files") String text) {
    answersOrRefuses(() ->
        DuplicateKeys.in("a.yml", YamlReader.read("a.yml", Mutations.bytes(text, new Random(1)))));
  }

  @Provide
  Arbitrary<String> files() {
    return Mutations.ofFiles(".*\\.(yml|json)");
  }
}
