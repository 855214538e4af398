package dev.ansiblevenv.orchestration.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProjectConfigurationTest {

  private static final String INVENTORY = "[web]\nw1\nw2\n[db]\nd1\n";

  @Test
  void the_policy_of_a_cleanup_stands_in_the_projects_file() {
    var configuration =
        ProjectConfiguration.parse(
            "add: {roles: [web]}\ncleanup: {keep: 3, unused_for: 8w}\npush: [web]\n");

    assertThat(configuration.keep()).contains(3);
    assertThat(configuration.unusedFor()).contains(Duration.ofDays(56));
    assertThat(configuration.push()).containsExactly("web");
  }

  @ParameterizedTest
  @CsvSource({
    "all, w1, true",
    "web, w2, true",
    "web, d1, false",
    "all:!db, d1, false",
    "w*, w1, true",
    "night2.lan, night2.lan, true",
    "'*.lan', night2.lan, true",
    "all, 'fe80::1', true",
    "web, night2.lan, false",
  })
  void hosts_are_selected_by_ansibles_patterns(String pattern, String host, boolean pushes) {
    var configuration = ProjectConfiguration.parse("push: ['" + pattern + "']\n");
    var inventory = InventoryReader.read("inventory/hosts", INVENTORY);

    assertThat(configuration.pushesTo(inventory.data(), host)).isEqualTo(pushes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clean: {}|ansible-venv.yml:1:1: is not valid: unknown key `clean`",
        "cleanup: {keep: -1}|ansible-venv.yml:1:17: is not valid: `keep` is not 1 or more",
        "cleanup: {unused_for: 90}|ansible-venv.yml:1:23: is not valid: `unused_for` is not an age",
        "cleanup: {older: 9d}|ansible-venv.yml:1:11: is not valid: unknown key `older`",
        "push: [',']|ansible-venv.yml:1:8: is not valid: it selects no host",
      })
  void a_mistake_is_an_error_at_its_place(String text, String message) {
    assertThatThrownBy(() -> ProjectConfiguration.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }
}
