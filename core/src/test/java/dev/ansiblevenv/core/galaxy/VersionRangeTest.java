package dev.ansiblevenv.core.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|1.2.3|true",
        "''|1.2.3|true",
        "1.2|1.2.0|true",
        "=1.2.3|1.2.3|true",
        "==1.2.3|1.2.4|false",
        ">=1.0,<2|1.9.9|true",
        ">=1.0,<2|2.0.0|false",
        "<2.0.0|2.0.0-beta1|true",
        "!=1.2.3|1.2.3|false",
        ">=1.0,!=1.2.3,*|1.2.3|false",
        "1.2.3-b1|1.2.3-b1|true",
        " >= 1.0 , < 2 |1.5.0|true",
        ">1|1.0.1|true",
        "<=1|1.0.0|true",
        "1.2.3.4|1.2.3|true",
      })
  void contains_what_ansible_says_it_contains(String range, String version, boolean contained) {
    assertThat(VersionRange.parse(range).contains(SemanticVersion.parse(version).orElseThrow()))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"~=1.0", "^1.0", "1.*", "latest", "v1.0", ">=", "1.0 2.0", "1.0b1"})
  void refuses_what_has_no_meaning_and_says_what_would_have(String text) {
    assertThatThrownBy(() -> VersionRange.parse(text))
        .hasMessageContaining("`" + text + "` is not a Galaxy version range")
        .hasMessageContaining(">=");
  }

  @Test
  void writes_what_ansible_can_read() {
    assertThat(VersionRange.parse(" >= 1.0 ,< 2, ")).hasToString(">=1.0.0,<2.0.0");
    assertThat(VersionRange.parse("1.2")).hasToString("==1.2.0");
    assertThat(VersionRange.parse(" * ")).hasToString("*");
  }

  @Test
  void knows_an_exact_pin() {
    assertThat(VersionRange.parse("=1.2.3-b1").pin())
        .map(SemanticVersion::toString)
        .contains("1.2.3-b1");
    assertThat(VersionRange.parse(">=1.2.3").pin()).isEmpty();
    assertThat(VersionRange.ANY.pin()).isEmpty();
  }
}
