package dev.ansiblevenv.core.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseSpecifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">=2.16.0|2.19.14|true",
        ">=2.16|2.15.13|false",
        ">=2.9.10,<2.11|2.19.14|false",
        ">=2.17.0,!=2.17.1|2.17.1|false",
        "~=2.16|2.99|true",
        "~=2.16.1|2.17.0|false",
        "==2.16.*|2.16.9|true",
        "!=2.16.*|2.16.9|false",
        ">=2.20.0rc1|2.20.0|true",
        ">= 2.16.0 , < 2.18|2.17.0|true",
        "<2.18.0a0|2.18.0|false",
        "''|2.18.0|true",
        ">=2.19|2.19.0rc1|true",
      })
  void accepts_what_ansible_accepts(String specifier, String core, boolean accepted) {
    assertThat(ReleaseSpecifier.parse(specifier).orElseThrow().accepts(core)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.16", ">2.16.*", "~=2", "newest", ">=2.x"})
  void knows_what_is_no_specifier(String text) {
    assertThat(ReleaseSpecifier.parse(text)).isEmpty();
  }
}
