package dev.ansiblevenv.analysis.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackageRequirementTest {

  private static final Location AT = new Location("requirements.txt", 3, 0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "requests                                   # requests # `` # `` # ``",
        "PyYAML >= 6, <7                            # pyyaml # `` # >=6,<7 # ``",
        "zope.interface~=5.0                        # zope-interface # `` # ~=5.0 # ``",
        "requests[security, socks]==2.*             # requests # [security,socks] # ==2.* # ``",
        "tomli ; python_version < '3.11'            # tomli # `` # `` # python_version < '3.11'",
        "pip @ https://example.org/pip.whl ; os_name == \"nt\" # pip # `` # ` @ https://example.org/pip.whl` # os_name == \"nt\"",
        "ansible-core (>=2.17)                      # ansible-core # `` # >=2.17 # ``",
      })
  void reads_what_pep_508_allows(
      String text, String name, String extras, String specifier, String marker) {
    assertThat(PackageRequirement.parse(text, AT))
        .isEqualTo(new PackageRequirement(name, extras, specifier, marker));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-x", "a b", "a ==", "a >= 1 2,", "a ; python_version !", "a @ ", "a[b"})
  void refuses_what_it_does_not_allow(String text) {
    assertThatThrownBy(() -> PackageRequirement.parse(text, AT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("requirements.txt:3");
  }

  @Property
  void answers_or_refuses_every_text(
      @ForAll
          @CharRange(from = 'a', to = 'c')
          @Chars({'[', ']', '(', ')', '=', '<', '>', ',', ';', '@', ' ', '.', '1', '\'', '"', '-'})
          String text) {
    try {
      assertThat(PackageRequirement.parse(text, AT).name()).isNotEmpty();
    } catch (InvalidInput e) {
      assertThat(e.where()).isEqualTo("requirements.txt:3");
    }
  }
}
