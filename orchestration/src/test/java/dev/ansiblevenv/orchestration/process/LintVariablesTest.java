package dev.ansiblevenv.orchestration.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LintVariablesTest {

  @Test
  void values_that_name_something_stay_and_others_keep_only_their_form() {
    var given =
        new CallVariables(
            Map.of(
                "target", "web",
                "password", "s3cret",
                "port", "2222",
                "batch", "30%",
                "count", 7,
                "ratio", 2.5,
                "become", "yes",
                "flags", Map.of("a", List.of("s3cret", true))));
    assertThat(LintVariables.of(given, Set.of("target")))
        .isEqualTo(
            Map.of(
                "target", "web",
                "password", "x",
                "port", "1",
                "batch", "1%",
                "count", 1,
                "ratio", 1.5,
                "become", "yes",
                "flags", Map.of("a", List.of("x", true))));
  }

  @Test
  void what_is_encrypted_is_a_text() {
    var given = new CallVariables(Map.of("key", Map.of("__ansible_vault", "$ANSIBLE_VAULT;")));
    assertThat(LintVariables.of(given, Set.of("key"))).isEqualTo(Map.of("key", "x"));
  }
}
