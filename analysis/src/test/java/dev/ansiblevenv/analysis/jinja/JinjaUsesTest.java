package dev.ansiblevenv.analysis.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JinjaUsesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{{ a | upper }}                                  # filter upper",
        "{{ a|ansible.utils.ipaddr('net')|first }}        # filter ansible.utils.ipaddr, filter first",
        "{{ a is defined and b is not none }}             # test defined, test none",
        "{{ a is community.general.fqdn_valid }}          # test community.general.fqdn_valid",
        "{{ lookup('env', 'HOME') }}                      # lookup env",
        "{{ query(\"community.general.dig\", x) }}        # lookup community.general.dig",
        "{{ q('fileglob', '*') | list }}                  # lookup fileglob, filter list",
        "{{ lookup(kind, 'x') }}                          # computed lookup(kind,x)",
        "{{ xs | map('regex_replace', 'a', 'b') }}        # filter map, filter regex_replace",
        "{{ xs | map(attribute='name') }}                 # filter map",
        "{{ xs | selectattr('a', 'match', 'b') }}         # filter selectattr, test match",
        "{{ xs | reject('ansible.builtin.all') }}         # filter reject, test ansible.builtin.all",
        "{% if a is version('1', '>=') %}x{% endif %}     # test version",
        "{% filter trim %}x{% endfilter %}                # filter trim",
        "{% include 'part.j2' %}                          # included part.j2",
        "{% raw %}{{ a | b }}{% endraw %}{{ c | d }}      # filter d",
        "{{ '}}' | f }}                                   # filter f",
        "{{ {'a': {}} | g }}                              # filter g",
        "{{ obj.lookup('x') }}                            # ``",
        "no template | at all                             # ``",
        "{{ broken | 'x                                   # ``",
        "{{ a | first ~ b | last }}                       # filter first, filter last",
      })
  void a_template_names_its_plugins(String template, String expected) {
    assertThat(described(JinjaUses.ofTemplate(template.strip()))).isEqualTo(expected);
  }

  @Test
  void a_condition_is_an_expression_without_braces() {
    assertThat(described(JinjaUses.ofExpression("x is failed or y | bool")))
        .isEqualTo("test failed, filter bool");
  }

  @Test
  void a_comment_names_nothing() {
    assertThat(JinjaUses.ofTemplate("{# {{ a | b }} #}")).isEmpty();
  }

  @Test
  void a_template_file_may_choose_its_own_delimiters() {
    var template = "#jinja2: variable_start_string:'[%', variable_end_string:'%]'\n[% a | b %]";
    assertThat(described(JinjaUses.ofTemplate(template))).isEqualTo("filter b");
  }

  @Test
  void a_use_knows_its_line() {
    assertThat(JinjaUses.ofTemplate("a\nb {{ x\n | f }}").getFirst().line()).isEqualTo(2);
  }

  @Property
  void no_text_makes_the_lexer_throw(@ForAll String text) {
    assertThat(JinjaUses.ofTemplate(text)).isNotNull();
    assertThat(JinjaUses.ofExpression(text)).isNotNull();
  }

  @Property
  void no_mix_of_jinjas_own_signs_makes_the_lexer_throw(
      @ForAll
          @Chars({'{', '}', '%', '#', '(', ')', '\'', '"', '\\', '|', '.', '-', ' ', '\n'})
          @CharRange(from = 'a', to = 'c')
          String text) {
    assertThat(JinjaUses.ofTemplate(text)).isNotNull();
    assertThat(JinjaUses.ofTemplate("{{ lookup('a', " + text)).isNotNull();
  }

  @Test
  void a_megabyte_of_openings_is_read_in_linear_time() {
    assertThat(JinjaUses.ofTemplate("{% raw %}" + "{%".repeat(500_000))).isEmpty();
    assertThat(JinjaUses.ofTemplate("{{ (".repeat(250_000))).isEmpty();
  }

  private static String described(List<Use> uses) {
    return String.join(
        ", ",
        uses.stream()
            .map(use ->
                switch (use) {
                  case Use.Filter(var name, _) -> "filter " + name;
                  case Use.Test(var name, _) -> "test " + name;
                  case Use.Lookup(var name, _, _, _) -> "lookup " + name;
                  case Use.ComputedLookup(var text, _) -> "computed " + text.replace(")", "") + ")";
                  case Use.Inclusion(var name, _) -> "included " + name;
                })
            .toList());
  }
}
