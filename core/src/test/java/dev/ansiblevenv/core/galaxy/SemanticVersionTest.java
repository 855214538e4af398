package dev.ansiblevenv.core.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

  @Test
  void orders_as_the_specification_of_semver_does() {
    var ordered =
        List.of(
            "0.9.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.2.0",
            "1.10.0",
            "2.0.0",
            "20000000000000000000.0.0");
    assertThat(ordered.reversed().stream().map(SemanticVersionTest::version).sorted())
        .map(SemanticVersion::toString)
        .isEqualTo(ordered);
  }

  @Test
  void ignores_build_metadata() {
    assertThat(version("1.0.0+a")).isEqualByComparingTo(version("1.0.0+b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "v1.2.3", "1.2.3 "})
  void refuses_what_galaxy_refuses(String text) {
    assertThat(SemanticVersion.parse(text)).isEmpty();
  }

  @Property
  void is_a_total_order(
      @ForAll("versions") SemanticVersion a,
      @ForAll("versions") SemanticVersion b,
      @ForAll("versions") SemanticVersion c) {
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    var sorted = Stream.of(a, b, c).sorted().toList();
    assertThat(sorted.get(0)).isLessThanOrEqualTo(sorted.get(1));
    assertThat(sorted.get(0)).isLessThanOrEqualTo(sorted.get(2));
    assertThat(sorted.get(1)).isLessThanOrEqualTo(sorted.get(2));
  }

  @Provide
  static Arbitrary<SemanticVersion> versions() {
    var number = Arbitraries.of("0", "1", "2", "10");
    var pre = Arbitraries.of("", "-a", "-b", "-1", "-a.1", "-a.b", "-2.a", "+x");
    return Combinators.combine(number, number, number, pre)
        .as((x, y, z, p) -> version(x + "." + y + "." + z + p));
  }

  private static SemanticVersion version(String text) {
    return SemanticVersion.parse(text).orElseThrow();
  }
}
