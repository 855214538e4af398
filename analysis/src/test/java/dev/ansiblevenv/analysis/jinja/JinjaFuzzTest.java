package dev.ansiblevenv.analysis.jinja;

import static dev.ansiblevenv.analysis.Bounded.answersOrRefuses;

import dev.ansiblevenv.analysis.Mutations;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class JinjaFuzzTest {

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_template_is_read(@ForAll("templates") String text) {
    answersOrRefuses(() -> JinjaUses.ofTemplate(text));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_expression_is_read(@ForAll("templates") String text) {
    answersOrRefuses(() -> JinjaUses.ofExpression(text));
  }

  @Provide
  Arbitrary<String> templates() {
    return Mutations.ofFiles(".*\\.j2|site.yml|roles/page/defaults/main.yml");
  }
}
