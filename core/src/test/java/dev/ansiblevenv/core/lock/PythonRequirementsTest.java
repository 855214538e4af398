package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonRequirementsTest {

  private static PythonRequirements of(String line, boolean isTrusted) {
    return new PythonRequirements(
        List.of(new PythonRequirement(line, "requirements.txt:1")), List.of(), isTrusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "x[a, b] >= 1, < 2 ; python_version < '3.12'",
        "x (>=1)",
        "x; platform_version == 'a@b'",
        "x @ https://example.org/x-1-py3-none-any.whl"
      })
  void what_comes_from_an_index_or_over_https_is_a_requirement_of_any_project(String line) {
    assertThat(of(line, true).lines()).containsExactly(line);
    assertThat(of(line, false).lines()).containsExactly(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x @ http://example.org/x.whl",
        "x @ git+https://example.org/x.git@v1",
        "x[a]@git+ssh://git@example.org/x.git"
      })
  void other_addresses_are_for_projects_of_ones_own(String line) {
    assertThat(of(line, true).lines()).containsExactly(line);
    assertThatThrownBy(() -> of(line, false))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("names what is not in the project")
        .hasMessageContaining("requirements.txt:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x @ file:///etc/passwd",
        "x @ FILE:///etc/passwd",
        "x@wheels/x.whl",
        "x @ ../x",
        "x @ ~/x",
        "x @ git+file:///home/me/x",
        "x @ git+ext::sh",
        "x @ git+ssh://-oProxyCommand=x/y",
        "x @ https://",
        "file:///etc/passwd",
        "https://example.org/x.whl",
        "x.whl/../y",
        "./x",
        "-r /etc/passwd",
        "-e .",
        "x --index-url http://example.org",
        "x @ https://${TOKEN}/x"
      })
  void nothing_names_a_file_of_this_machine_or_an_option(String line) {
    assertThatThrownBy(() -> of(line, true)).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> of(line, false)).isInstanceOf(InvalidInput.class);
  }
}
