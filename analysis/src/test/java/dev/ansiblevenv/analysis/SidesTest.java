package dev.ansiblevenv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.playbook.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On which side a module's Python packages are needed. `expect` needs pexpect.
final class SidesTest {

  @TempDir private Path project;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "hosts: all                                                  # MANAGED_NODE",
        "hosts: localhost                                            # CONTROL",
        "hosts: 127.0.0.1                                            # CONTROL",
        "hosts: [localhost]                                          # CONTROL",
        "hosts: [localhost, web]                                        # BOTH",
        "hosts: web, connection: local                               # CONTROL",
        "hosts: web, vars: {ansible_connection: local}               # CONTROL",
        "hosts: web, connection: ansible.netcommon.network_cli       # CONTROL",
        "hosts: web, connection: paramiko                            # MANAGED_NODE",
        "hosts: \"{{ target }}\"                                     # BOTH",
        "hosts: \"{{ target }}\", vars: {target: localhost}          # CONTROL",
      })
  void a_play_runs_its_modules_where_it_connects_to(String play, Side side) throws IOException {
    write("site.yml", "- {" + play.strip() + ", tasks: [{expect: }]}\n");
    assertThat(sideOfPexpect()).isEqualTo(side);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{expect: , delegate_to: localhost}                          # CONTROL",
        "{local_action: expect}                                      # CONTROL",
        "{expect: , connection: local}                               # CONTROL",
        "{expect: , vars: {ansible_connection: local}}               # CONTROL",
        "{expect: , delegate_to: \"{{ groups['db'][0] }}\"}          # MANAGED_NODE",
        "{expect: , delegate_to: \"{{ somewhere }}\"}                # BOTH",
        "{delegate_to: localhost, block: [{expect: }]}               # CONTROL",
        "{include_tasks: {file: t.yml, apply: {delegate_to: localhost}}} # CONTROL",
        "{include_tasks: t.yml}                                      # MANAGED_NODE",
      })
  void a_task_may_run_elsewhere(String task, Side side) throws IOException {
    write("site.yml", "- {hosts: web, tasks: [" + task.strip() + "]}\n");
    write("t.yml", "- expect:\n");
    assertThat(sideOfPexpect()).isEqualTo(side);
  }

  @Test
  void a_role_of_two_plays_counts_for_both() throws IOException {
    write("site.yml", "- {hosts: web, roles: [r]}\n- {hosts: localhost, roles: [r]}\n");
    write("roles/r/meta/main.yml", "dependencies: [inner]\n");
    write("roles/inner/tasks/main.yml", "- expect:\n");
    assertThat(sideOfPexpect()).isEqualTo(Side.BOTH);
  }

  @ParameterizedTest
  @CsvSource({"web, CONTROL", "db, MANAGED_NODE", "all, BOTH", "web:!near, CONTROL"})
  void the_configured_inventory_says_how_hosts_are_reached(String hosts, Side side)
      throws IOException {
    write("ansible.cfg", "[defaults]\ninventory = hosts.ini\n");
    write(
        "hosts.ini",
        "[web]\nnear ansible_connection=local\nnearer ansible_connection=local\n[db]\nfar\n");
    write("site.yml", "- {hosts: '" + hosts + "', tasks: [{expect: }]}\n");
    assertThat(sideOfPexpect()).isEqualTo(side);
  }

  @Test
  void group_variables_beside_the_inventory_say_it_too() throws IOException {
    write("play/ansible.cfg", "[defaults]\ninventory = ../inventories/lab\n");
    write("inventories/lab/hosts", "[routers]\nr1\n");
    write(
        "inventories/lab/group_vars/routers.yml",
        "ansible_connection: network_cli\nansible_network_os: cisco.ios.ios\n");
    write("play/site.yml", "- {hosts: routers, tasks: [{expect: }]}\n");
    var analysis = analyze("play/site.yml");
    assertThat(side(analysis)).isEqualTo(Side.CONTROL);
    assertThat(analysis.plugins()).contains("ansible.netcommon.network_cli", "cisco.ios.ios");
  }

  @Test
  void a_network_operating_system_counts_only_where_a_connection_loads_its_plugins()
      throws IOException {
    write("group_vars/all.yml", "ansible_network_os: cisco.ios.ios\n");
    write("site.yml", "- {hosts: all, tasks: [{debug: }]}\n");
    assertThat(analyze("site.yml").collections()).isEmpty();
  }

  @Test
  void a_new_host_in_the_inventory_makes_no_new_venv() throws IOException {
    write("ansible.cfg", "[defaults]\ninventory = hosts.ini\n");
    write("site.yml", "- {hosts: all, tasks: [{expect: }]}\n");
    write("hosts.ini", "[web]\na\n");
    var before = analyze("site.yml").name();
    write(
        "hosts.ini", "localhost ansible_connection=local installed_venvs='[\"x\"]'\n[web]\na\nb\n");
    assertThat(analyze("site.yml").name()).isEqualTo(before);
  }

  @Test
  void a_plugin_that_the_inventory_names_is_part_of_the_content() throws IOException {
    write("ansible.cfg", "[defaults]\ninventory = hosts.ini\n");
    write("site.yml", "- {hosts: web, tasks: [{expect: }]}\n");
    write("hosts.ini", "[web]\na\n");
    var before = analyze("site.yml");
    write("hosts.ini", "[web]\na ansible_connection=community.docker.docker\n");
    var after = analyze("site.yml");
    assertThat(after.name()).isNotEqualTo(before.name());
    assertThat(after.collections()).hasSize(before.collections().size() + 1);
  }

  private Side sideOfPexpect() {
    return side(analyze("site.yml"));
  }

  private static Side side(Analysis analysis) {
    return analysis.pythonPackages().stream()
        .filter(need -> need.name().equals("pexpect"))
        .findFirst()
        .orElseThrow()
        .side();
  }

  private Analysis analyze(String playbook) {
    return new PlaybookAnalyzer(Catalogue.load())
        .analyze(new AnalysisRequest(project, project.resolve(playbook), List.of(), Map.of()));
  }

  private void write(String name, String text) throws IOException {
    var file = project.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
