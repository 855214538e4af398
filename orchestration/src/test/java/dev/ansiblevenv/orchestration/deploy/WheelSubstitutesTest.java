package dev.ansiblevenv.orchestration.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.PythonNeed;
import dev.ansiblevenv.analysis.playbook.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WheelSubstitutesTest {

  @Test
  void psycopg2_of_a_module_is_locked_as_its_wheels() {
    var need = need("psycopg2", ">=2.5.1", "module");
    assertThat(WheelSubstitutes.name(need)).isEqualTo("psycopg2-binary");
    assertThat(WheelSubstitutes.requirement(need)).isEqualTo("psycopg2-binary>=2.5.1");
  }

  @Test
  void a_package_that_a_person_names_is_locked_as_it_is() {
    for (var kind : List.of("requirements", "override")) {
      assertThat(WheelSubstitutes.requirement(need("psycopg2", "", "module", kind)))
          .isEqualTo("psycopg2");
    }
  }

  @Test
  void what_has_wheels_is_locked_as_it_is() {
    assertThat(WheelSubstitutes.replaced(need("pymysql", "", "module"))).isEmpty();
  }

  private static PythonNeed need(String name, String specifier, String... kinds) {
    var because =
        List.of(kinds).stream().map(kind -> new Because("site.yml", 3, kind, name)).toList();
    return new PythonNeed(name, specifier, "", Side.MANAGED_NODE, because);
  }
}
