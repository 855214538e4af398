package dev.ansiblevenv.orchestration.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.orchestration.inventory.InventorySources.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserInventoryTest {

  private static final List<String> VENVS = List.of("site_0123abcd");

  @TempDir Path project;

  private Path write(String name, String text) throws Exception {
    var file = project.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private UserInventory inventory(String... named) {
    return TestInventory.of(project, named).inventory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inventory/hosts",
        "inventory/hosts.ini",
        "inventory",
        "inventory.ini",
        "hosts",
        "hosts.ini",
        "inventory/production"
      })
  void a_file_with_a_usual_name_is_the_inventory_of_a_project(String name) throws Exception {
    var file = write(name, "[web]\nweb1 x=1\n");
    assertThat(inventory().sources().origin()).isEqualTo(Origin.CONVENTION);
    TestInventory.of(project).updateInventoryVenvs("web1", VENVS);
    assertThat(file).hasContent("[web]\nweb1 x=1 installed_venvs='[\"site_0123abcd\"]'\n");
    try (var files = Files.list(project)) {
      assertThat(files.filter(path -> !path.endsWith(".ansible-venv"))).hasSize(1);
    }
  }

  @Test
  void configuration_comes_before_convention_and_the_command_before_both() throws Exception {
    write("inventory/hosts", "conventional\n");
    write("inventories/prod/hosts.ini", "configured\n");
    write("other", "named\n");
    assertThat(inventory().data().hostNames()).containsExactly("conventional");
    write("ansible.cfg", "[defaults]\ninventory = inventories/prod/hosts.ini\n");
    assertThat(inventory().data().hostNames()).containsExactly("configured");
    assertThat(inventory().place()).isEqualTo("inventories/prod/hosts.ini");
    assertThat(inventory("other", "one,two").data().hostNames())
        .containsExactly("named", "one", "two");
  }

  @Test
  void files_of_a_directory_are_merged_by_name_and_what_ansible_ignores_is_ignored()
      throws Exception {
    write("inventory/02-more.yml", "web: {hosts: {web1: {x: 2}}}\n");
    write("inventory/01-hosts", "[web]\nweb1 x=1 y=1\n[eu:children]\nweb\n");
    write("inventory/group_vars/eu.yml", "z: 3\n");
    write("inventory/notes.txt", "no inventory at all = x y\n");
    write("inventory/sub/group_vars/eu.yml", "z: 4\n");
    assertThat(inventory().seen("web1").variables())
        .containsEntry("x", 2L)
        .containsEntry("y", 1L)
        .containsEntry("z", 3L);
    assertThat(inventory().found()).get().asString().contains("`inventory`");
  }

  @Test
  void hosts_of_several_files_that_nobody_named_are_told_apart() throws Exception {
    write("inventory/production", "[web]\nweb1\nweb2\n");
    write("inventory/staging", "[web]\ntest1\n");
    assertThat(inventory().unnamedFilesOf(List.of("web1", "web2"))).isEmpty();
    assertThat(inventory().unnamedFilesOf(List.of("web1", "test1")))
        .containsExactly("inventory/production", "inventory/staging");
    assertThat(inventory("inventory").unnamedFilesOf(List.of("web1", "test1"))).isEmpty();
  }

  @Test
  void a_later_file_may_name_groups_of_an_earlier_one() throws Exception {
    write("inv/a", "[web]\nweb1\n");
    write("inv/b", "[eu:children]\nweb\n");
    assertThat(inventory("inv").seen("web1").groups()).containsExactly("eu", "web");
    TestInventory.of(project, "inv").updateInventoryVenvs("web1", VENVS);
    assertThat(project.resolve("inv/a")).content().contains("installed_venvs");
    assertThat(project.resolve("inv/b")).hasContent("[eu:children]\nweb\n");
  }

  @Test
  void what_sets_the_value_last_is_what_is_changed() throws Exception {
    write("inv/a", "web1\n");
    var later = write("inv/b", "web1 installed_venvs='[]'\n");
    TestInventory.of(project, "inv").updateInventoryVenvs("web1", VENVS);
    assertThat(later).hasContent("web1 installed_venvs='[\"site_0123abcd\"]'\n");
    assertThat(project.resolve("inv/a")).hasContent("web1\n");
    var variables = write("inv/host_vars/web1.yml", "# mine\ninstalled_venvs: []\nx: 1\n");
    TestInventory.of(project, "inv").updateInventoryVenvs("web1", List.of("other_1"));
    assertThat(variables).content().startsWith("# mine\n").contains("other_1").endsWith("x: 1\n");
    assertThat(TestInventory.of(project, "inv").getInventoryVenvs("web1"))
        .containsExactly("other_1");
  }

  @Test
  void a_host_that_is_in_no_file_is_written_nowhere() throws Exception {
    write("hosts", "[web]\nweb1\n");
    var change =
        TestInventory.of(project)
            .edit()
            .set(dev.ansiblevenv.orchestration.tracking.HostName.of("web2"), VENVS)
            .orElseThrow();
    assertThat(change.kind()).isEqualTo(InventoryChange.Kind.NOWHERE);
    assertThat(change.obstacle()).contains("`hosts` does not have this host");
    assertThat(project.resolve("hosts")).hasContent("[web]\nweb1\n");
  }

  @Test
  void an_inventory_that_has_only_our_hosts_gets_the_next_one() {
    TestInventory.of(project).updateInventoryVenvs("localhost", VENVS);
    TestInventory.of(project).updateInventoryVenvs("web1", VENVS);
    assertThat(inventory().data().hostNames()).containsExactly("localhost", "web1");
  }

  @Test
  void hosts_of_a_file_that_only_ansible_reads_get_files_of_their_own() throws Exception {
    var twice = write("inv/hosts.yml", "a:\n  hosts:\n    h: {x: 1}\n    h: {x: 2}\n");
    assertThat(inventory("inv/hosts.yml").seen("h").variables()).containsEntry("x", 2L);
    TestInventory.of(project, "inv/hosts.yml").updateInventoryVenvs("h", VENVS);
    assertThat(twice).content().doesNotContain("installed_venvs");
    assertThat(project.resolve("inv/host_vars/h.yml")).content().contains("site_0123abcd");
    assertThat(TestInventory.of(project, "inv/hosts.yml").getInventoryVenvs("h")).isEqualTo(VENVS);
  }

  @Test
  void a_program_that_nobody_named_is_passed_over() throws Exception {
    var program = write("inventory/hosts", "#!/bin/sh\ntouch ran\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(inventory().data().hostNames()).isEmpty();
    assertThat(inventory().notes()).singleElement().asString().contains("inventory/hosts");
  }
}
