package dev.ansiblevenv.orchestration.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.inventory.InventoryChange.Kind;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import dev.ansiblevenv.orchestration.tracking.VenvRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InventorySyncTest {

  private static final String INVENTORY =
      """
      # mine
      [jump_hosts]
      night2.lan ansible_user=rix installed_venvs='["old_1"]' # stays
      other installed_venvs='["unrecorded_1"]'
      """;

  @TempDir Path project;

  private HostTracker tracker;
  private InventorySync sync;
  private Path hosts;

  @BeforeEach
  void anInventory() throws Exception {
    var store = new YamlFiles(project);
    tracker = new HostTracker(store, Clock.systemUTC());
    sync = new InventorySync(new VenvRegistry(store), tracker, TestInventory.of(project));
    hosts = project.resolve("inventory/hosts");
    Files.createDirectories(hosts.getParent());
    Files.writeString(hosts, INVENTORY);
  }

  @Test
  void the_inventory_follows_the_records_and_leaves_other_hosts_alone() throws Exception {
    tracker.add(HostName.of("night2.lan"), "b_2", "/b");
    tracker.add(HostName.of("night2.lan"), "a_1", "/a");
    tracker.add(HostName.of("new.lan"), "c_3", "/c");
    var expected =
        List.of(
            new InventoryChange(
                "new.lan",
                Kind.NOWHERE,
                "",
                List.of("c_3"),
                "`inventory/hosts` does not have this host"),
            new InventoryChange(
                "night2.lan", Kind.SET, "[old_1]", List.of("a_1", "b_2"), "inventory/hosts"));
    assertThat(sync.check()).isEqualTo(expected);
    assertThat(hosts).hasContent(INVENTORY);
    assertThat(sync.syncInventoryWithHostFiles()).isEqualTo(expected);
    assertThat(Files.readString(hosts))
        .isEqualTo(
            """
            # mine
            [jump_hosts]
            night2.lan ansible_user=rix installed_venvs='["a_1", "b_2"]' # stays
            other installed_venvs='["unrecorded_1"]'
            """);
    assertThat(sync.check()).containsExactly(expected.getFirst());
    assertThat(sync.syncInventoryWithHostFiles()).containsExactly(expected.getFirst());
  }

  @Test
  void a_host_that_lost_its_venvs_gets_an_empty_list() {
    tracker.add(HostName.of("night2.lan"), "a_1", "/a");
    tracker.remove(HostName.of("night2.lan"), "a_1");
    sync.syncInventoryWithHostFiles();
    assertThat(hosts).content().contains("installed_venvs='[]' # stays");
  }

  @Test
  void two_records_of_one_host_are_a_conflict_and_nothing_is_written() throws Exception {
    Files.writeString(hosts, "jump ansible_host=night2.lan\n");
    tracker.add(HostName.of("night2.lan"), "a_1", "/a");
    tracker.add(HostName.of("jump"), "b_1", "/b");
    assertThatThrownBy(sync::syncInventoryWithHostFiles)
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("`jump`")
        .hasMessageContaining("`night2.lan`");
    assertThat(hosts).hasContent("jump ansible_host=night2.lan\n");
  }

  @Test
  void a_corrupt_record_is_named_and_nothing_is_written() throws Exception {
    tracker.add(HostName.of("a.lan"), "a_1", "/a");
    Files.writeString(project.resolve("host_venvs/z.yml"), "hostname: [");
    assertThatThrownBy(sync::syncInventoryWithHostFiles)
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("host_venvs/z.yml:1:");
    assertThat(hosts).hasContent(INVENTORY);
  }

  @Test
  void concurrent_deploys_end_in_what_the_records_say() throws Exception {
    Files.writeString(hosts, "[all]\nhost0\nhost[1:2]\n");
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 24; i++) {
        var host = HostName.of("host" + i % 3);
        var venv = "venv_" + i;
        threads.execute(() -> {
          tracker.add(host, venv, "/" + venv);
          sync.follow(List.of(host));
        });
      }
    }
    assertThat(sync.check()).isEmpty();
    assertThat(TestInventory.of(project).getInventoryVenvs("host0")).hasSize(8);
  }
}
