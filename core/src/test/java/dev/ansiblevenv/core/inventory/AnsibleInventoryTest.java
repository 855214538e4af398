package dev.ansiblevenv.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AnsibleInventoryTest {

  @Test
  void the_cause_is_what_the_first_plugin_says_once() {
    assertThat(
            AnsibleInventory.cause(
                """
                [WARNING]: Failed to parse inventory with 'script' plugin: Inventory script returned non-zero exit code 3.

                Failed to parse inventory with 'script' plugin.

                <<< caused by >>>

                Inventory script returned non-zero exit code 3.
                Origin: <inventory plugin 'script' with source '/p/inv/cloud'>

                Standard error from inventory script:
                no credentials

                [WARNING]: Failed to parse inventory with 'ini' plugin: Expected key=value

                [ERROR]: Completely failed to parse inventory source /p/inv/cloud
                """))
        .isEqualTo(
            "Inventory script returned non-zero exit code 3. Standard error from inventory script: no credentials");
    assertThat(
            AnsibleInventory.cause(
                "[WARNING]:  * Failed to parse /p/x.yml with auto plugin: no such plugin\n"))
        .isEqualTo("no such plugin");
    assertThat(AnsibleInventory.cause("")).isEmpty();
  }
}
