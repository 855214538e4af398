package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.SshServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run with an inventory that is wider than its host, which it reaches by the caller's ssh agent.
final class GivenInventoryIT {

  private static final String PLAYBOOK =
      """
      - name: Go on from there
        hosts: webservers
        gather_facts: false
        tasks:
          - name: Say something on the next host
            ansible.builtin.raw: "echo said by $SSH_CONNECTION"
            register: said
          - name: Show it
            ansible.builtin.debug:
              msg: "{{ said.stdout | trim }}, {{ colour }} and {{ size }}"
          - name: Look at the host itself
            ansible.builtin.command: "{{ ansible_playbook_python }} -c 'import sys; print(sys.prefix)'"
            delegate_to: localhost
            register: own
            changed_when: false
          - name: Show that
            ansible.builtin.debug:
              msg: "own {{ own.stdout }} {{ hostvars['localhost'].ansible_python_interpreter | default(own.stdout) }}"
      """;

  @TempDir private static Path temporary;
  private static SshServer server;
  private static Program program;
  private static Process agent;
  private static Path socket;

  @BeforeAll
  static void create_project() throws Exception {
    server = SshServer.start(temporary.resolve("night2")).makeKnown();
    socket = Files.createTempDirectory("agent").resolve("socket");
    agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    while (!Files.exists(socket)) {
      Thread.sleep(10);
    }
    var add = new ProcessBuilder("ssh-add", server.privateKey().toString());
    add.environment().put("SSH_AUTH_SOCK", socket.toString());
    assertThat(add.start().waitFor()).isZero();
    Files.createDirectory(temporary.resolve("home"));
    var plain = Program.in(Files.createDirectory(temporary.resolve("project")));
    var environment = new HashMap<>(plain.environment());
    environment.put("SSH_AUTH_SOCK", socket.toString());
    program = new Program(plain.directory(), environment, "");
    program.file("site.yml", PLAYBOOK);
    program.file("none.yml", PLAYBOOK.replace("webservers", "databases"));
    program.file("local.yml", PLAYBOOK.replace("webservers", "localhost"));
    // All but the last two: that only named keys count, and no agent.
    var options = server.clientOptions().subList(0, server.clientOptions().size() - 4);
    var reached =
        "ansible_host=127.0.0.1 ansible_port=%d ansible_user=%s ansible_ssh_common_args='%s -o ForwardAgent=yes'"
            .formatted(server.port(), server.user(), String.join(" ", options));
    program.file("inventory/hosts", "night2.lan " + reached + "\n");
    program.file(
        "wide/prod.ini",
        "[webservers]\nweb9 " + reached + " ansible_ssh_args='-o ControlPath=none' size=large\n");
    program.file("wide/group_vars/webservers.yml", "colour: green\n");
    program.file("wide/README", "[nothing]\n");
    var script = "#!/bin/sh\necho '{\"webservers\": {\"hosts\": [\"made\"]}}'\n";
    program.file("dynamic/hosts.sh", script);
    assertThat(program.directory().resolve("dynamic/hosts.sh").toFile().setExecutable(true))
        .isTrue();
  }

  @AfterAll
  static void end() {
    agent.destroy();
    server.close();
  }

  @Test
  void a_wider_inventory_is_reached_by_the_forwarded_agent() {
    for (var inventory : List.of("wide/prod.ini", "wide")) {
      var result = deploy("site.yml", "night2.lan", "-i", inventory, "--forward-agent");
      assertThat(result.exitCode()).as(result.errorOutput() + result.output()).isZero();
      assertThat(result.output())
          .contains("said by 127.0.0.1", "green and large")
          .containsPattern(
              "own " + server.home() + "/.local/share/ansible-venv/envs/[0-9a-f]+/venv");
    }
  }

  @Test
  void no_agent_is_forwarded_unless_that_is_asked_for() {
    var result = deploy("site.yml", "night2.lan", "-i", "wide/prod.ini");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("unreachable=1");
  }

  @Test
  void an_agent_that_is_not_there_is_an_error() {
    var environment = new HashMap<>(program.environment());
    environment.remove("SSH_AUTH_SOCK");
    var result =
        new Program(program.directory(), environment, "")
            .run("deploy", "local.yml", "localhost", "--skip-lint", "--forward-agent");
    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(7);
    assertThat(result.errorOutput()).contains("there is no ssh agent");
  }

  @Test
  void lists_and_scripts_are_inventories_too_and_nothing_else_is() {
    assertThat(deploy("site.yml", "night2.lan", "-i", "one,two,", "--list-hosts").output())
        .contains("hosts (0)");
    assertThat(
            deploy("site.yml", "night2.lan", "-i", "dynamic/hosts.sh", "-i", "wide", "--list-hosts")
                .output())
        .contains("hosts (2)", "made", "web9");
    var missing = deploy("site.yml", "night2.lan", "-i", "nowhere");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.errorOutput()).contains("nowhere", "there is no such file");
  }

  @Test
  void a_play_without_hosts_says_what_the_run_sees() {
    var alone = program.run("deploy", "--skip-lint", "none.yml", "night2.lan");
    assertThat(alone.exitCode()).isEqualTo(1);
    assertThat(alone.errorOutput())
        .contains("no host matched `databases`; without `--inventory` a run sees its own host");
  }

  private static Program.Result deploy(String... words) {
    var all = new ArrayList<>(List.of("deploy", "--skip-lint"));
    all.addAll(List.of("-i", "inventory/hosts"));
    all.addAll(List.of(words));
    return program.run(all.toArray(String[]::new));
  }
}
