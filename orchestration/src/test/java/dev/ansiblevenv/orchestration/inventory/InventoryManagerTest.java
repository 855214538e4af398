package dev.ansiblevenv.orchestration.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InventoryManagerTest {

  @TempDir Path project;

  private Path write(String name, String text) throws Exception {
    var file = project.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private InventoryManager inventory() {
    return TestInventory.of(project);
  }

  private String updated(String before, String host, String... venvs) throws Exception {
    var file = write("inventory/hosts", before);
    inventory().updateInventoryVenvs(host, List.of(venvs));
    assertThat(inventory().getInventoryVenvs(host)).containsExactly(venvs);
    var after = Files.readString(file);
    inventory().updateInventoryVenvs(host, List.of(venvs));
    assertThat(file).hasContent(after);
    return after;
  }

  private static String withNew(String before, String host) {
    var inventory = InventoryReader.read("inventory/hosts", before);
    return InventoryEdit.apply(inventory, Optional.empty(), host, List.of("a_1")).text();
  }

  @Test
  void a_missing_inventory_is_made() {
    inventory().updateInventoryVenvs("localhost", List.of("hello_0123abcd"));
    assertThat(project.resolve("inventory/hosts"))
        .hasContent("localhost ansible_connection=local installed_venvs='[\"hello_0123abcd\"]'\n");
    assertThat(inventory().lookup("localhost").orElseThrow().text("ansible_connection"))
        .isEqualTo("local");
  }

  @Test
  void an_empty_list_makes_no_inventory() {
    inventory().updateInventoryVenvs("localhost", List.of());
    assertThat(inventory().getInventoryVenvs("localhost")).isEmpty();
    assertThat(project.resolve("inventory")).doesNotExist();
  }

  @Test
  void the_value_goes_behind_the_hosts_other_variables() throws Exception {
    assertThat(
            updated(
                "# mine\r\n[jump_hosts]\r\nnight2.lan ansible_user=rix  # cellar\r\n[x]",
                "night2.lan",
                "a_1"))
        .isEqualTo(
            "# mine\r\n[jump_hosts]\r\nnight2.lan ansible_user=rix installed_venvs='[\"a_1\"]'"
                + "  # cellar\r\n[x]");
  }

  @Test
  void a_host_of_a_range_gets_a_line_of_its_own_behind_it() throws Exception {
    assertThat(updated("[web]\n  web[1:3].lan x=1 # r\n[db]\nd\n", "web2.lan", "a_1"))
        .isEqualTo(
            "[web]\n  web[1:3].lan x=1 # r\n  web2.lan installed_venvs='[\"a_1\"]'\n[db]\nd\n");
  }

  @Test
  void every_line_of_the_host_that_carries_the_value_is_changed() throws Exception {
    assertThat(
            updated(
                "[a]\nh installed_venvs='[]'\n[b]\nh x=1\n[c]\nh installed_venvs=\"['b']\"#c\n",
                "h",
                "a_1"))
        .isEqualTo(
            "[a]\nh installed_venvs='[\"a_1\"]'\n[b]\nh x=1\n[c]\nh installed_venvs='[\"a_1\"]'#c\n");
  }

  @Test
  void a_new_host_goes_before_the_first_section_and_its_comment() {
    assertThat(withNew("# head\n\n# the web\n[web]\nw\n", "h"))
        .isEqualTo("# head\n\nh installed_venvs='[\"a_1\"]'\n\n# the web\n[web]\nw\n");
    assertThat(withNew("a\nb x=1\n[web]\nw\n", "h"))
        .isEqualTo("a\nb x=1\nh installed_venvs='[\"a_1\"]'\n[web]\nw\n");
  }

  @Test
  void a_new_host_of_a_yaml_inventory_is_ungrouped() {
    assertThat(withNew("web:\n    hosts:\n        w:\n", "localhost"))
        .isEqualTo(
            """
            web:
                hosts:
                    w:
            ungrouped:
              hosts:
                localhost:
                  ansible_connection: local
                  installed_venvs:
                    - a_1
            """);
    assertThat(withNew("all:\n  hosts:\n    w:\n  # end\n", "h"))
        .isEqualTo(
            "all:\n  hosts:\n    w:\n    h:\n      installed_venvs:\n        - a_1\n  # end\n");
  }

  @Test
  void what_a_group_says_is_not_the_hosts() throws Exception {
    write("inventory/hosts", "[web]\nw\n[web:vars]\ninstalled_venvs=['g_1']\n");
    assertThat(inventory().getInventoryVenvs("w")).isEmpty();
  }

  @Test
  void a_host_is_found_by_its_address_and_in_any_case() throws Exception {
    write("inventory/hosts", "jump ansible_host=night2.lan ansible_port=2222\nDB01\n");
    assertThat(inventory().lookup("NIGHT2.lan").orElseThrow().name()).isEqualTo("jump");
    assertThat(inventory().lookup("db01").orElseThrow().name()).isEqualTo("DB01");
    inventory().updateInventoryVenvs("night2.lan", List.of("a_1"));
    assertThat(inventory().getInventoryVenvs("jump")).containsExactly("a_1");
  }

  @Test
  void an_address_of_two_hosts_is_not_one_host() throws Exception {
    write("inventory/hosts", "a ansible_host=10.0.0.1\nb ansible_host=10.0.0.1\n");
    assertThatThrownBy(() -> inventory().lookup("10.0.0.1"))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("a, b");
  }

  @Test
  void a_loopback_address_is_the_controller_and_no_alias() throws Exception {
    write("inventory/hosts", "box ansible_host=127.0.0.1 ansible_port=2222\n");
    assertThat(inventory().lookup("127.0.0.1")).isEmpty();
  }

  @Test
  void variables_come_from_groups_in_ansibles_order_and_with_its_types() throws Exception {
    write(
        "inventory/hosts",
        """
        [web]
        w ansible_port=2222 debug=True
        [web:vars]
        ansible_user=deploy
        ansible_python_interpreter=/usr/bin/python3
        debug=False
        [all:vars]
        ansible_user=root
        [eu:children]
        web
        """);
    var host = inventory().lookup("w").orElseThrow();
    assertThat(host.groups()).containsExactly("eu", "web");
    assertThat(host.variables())
        .containsEntry("ansible_user", "deploy")
        .containsEntry("ansible_port", 2222L)
        .containsEntry("debug", true)
        .containsEntry("ansible_python_interpreter", "/usr/bin/python3");
  }

  @Test
  void a_value_that_is_no_list_is_named_and_can_be_replaced() throws Exception {
    write("inventory/hosts", "[g]\nh installed_venvs=foo\n");
    assertThatThrownBy(() -> inventory().getInventoryVenvs("h"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("inventory/hosts:2: ");
    assertThat(updated("h installed_venvs=foo\n", "h", "a_1"))
        .isEqualTo("h installed_venvs='[\"a_1\"]'\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "a/b", "u@h", "h:22", ""})
  void a_host_name_that_cannot_be_one_writes_nothing(String host) {
    assertThatThrownBy(() -> inventory().updateInventoryVenvs(host, List.of("a_1")))
        .isInstanceOf(UsageFailure.class);
    assertThatThrownBy(() -> inventory().updateInventoryVenvs("h", List.of("a'b")))
        .isInstanceOf(UsageFailure.class);
    assertThat(project).isEmptyDirectory();
  }

  private void refused(Path file, String message) throws Exception {
    var before = Files.isDirectory(file) ? new byte[0] : Files.readAllBytes(file);
    var manager = TestInventory.of(project, project.relativize(file).toString());
    assertThatThrownBy(() -> manager.updateInventoryVenvs("h", List.of("a_1")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(project.relativize(file).toString())
        .hasMessageContaining(message)
        .extracting(e -> ((Failure) e).exitCode().number())
        .isEqualTo(3);
    if (!Files.isDirectory(file)) {
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  @Test
  void what_cannot_be_edited_is_refused_and_stays() throws Exception {
    refused(write("i/a.ini", "[g\nh\n[g]\nh x\n"), "i/a.ini:1: ");
    refused(write("i/shared.yml", "a: {hosts: {h: &x {p: 1}, i: *x}}\n"), "cannot be changed");
  }

  @Test
  void a_group_of_the_same_name_is_in_the_way() throws Exception {
    refused(write("i/hosts", "[h]\nh\n"), "a name that no group has");
  }
}
