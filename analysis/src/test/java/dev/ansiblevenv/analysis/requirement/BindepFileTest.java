package dev.ansiblevenv.analysis.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BindepFileTest {

  @Test
  void a_rule_has_a_name_profiles_and_a_version() {
    var file =
        BindepFile.parse(
            """
            # a comment
            gcc
            libssl-dev [platform:dpkg] # why
            python3-dev [!platform:rpm compile] >=3.9,<4

            libxml2 [(compile platform:rpm) test]
            two words
            x
            """);
    assertThat(file.rules())
        .extracting(BindepFile.Line::rule)
        .containsExactly(
            new BindepRule("gcc", List.of(), ""),
            new BindepRule("libssl-dev", List.of("platform:dpkg"), ""),
            new BindepRule("python3-dev", List.of("!platform:rpm", "compile"), ">=3.9,<4"),
            new BindepRule("libxml2", List.of("(compile platform:rpm)", "test"), ""));
    assertThat(file.rules()).extracting(BindepFile.Line::line).containsExactly(2, 3, 4, 6);
    assertThat(file.unreadable()).as("a name has two letters").containsExactly(7, 8);
  }

  @ParameterizedTest
  @CsvSource({
    "ab,true",
    "ab [platform:rpm],true",
    "ab [compile],true",
    "ab [test],false",
    "ab [test platform:rpm],false",
    "ab [!test],true",
    "ab [!default !compile],false",
    "ab [(compile platform:rpm)],true",
    "ab [(test platform:rpm)],false",
    "ab [(test platform:rpm) compile],true",
  })
  void only_what_an_installation_asks_for_is_for_use(String line, boolean forUse) {
    assertThat(BindepFile.parse(line).rules())
        .singleElement()
        .satisfies(found -> assertThat(found.rule().isForUse()).isEqualTo(forUse));
  }

  @Property
  void every_line_is_a_rule_or_blank_or_refused(@ForAll("lines") String line) {
    var file = BindepFile.parse(line);
    assertThat(file.rules().size() + file.unreadable().size()).isLessThanOrEqualTo(1);
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.of("gcc", " ", "[", "]", "(", ")", "!", "platform:rpm", "#", ">=1", ",")
        .list()
        .ofMaxSize(10)
        .map(parts -> String.join("", parts));
  }
}
