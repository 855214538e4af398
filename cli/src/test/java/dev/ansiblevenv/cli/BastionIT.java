package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts that are reached through a jump host only. It lets in one at a time: with an `ssh` of each
/// host's own to it, most that come at once would be turned away.
final class BastionIT {

  private static final List<String> HOSTS = List.of("one", "two", "three", "four", "five", "six");

  private static final String PLAYBOOK =
      """
      - name: Do what the host is there for
        hosts: all
        gather_facts: false
        tasks:
          - name: Say so
            ansible.builtin.debug:
              msg: "work on {{ inventory_hostname }}"
      """;

  @TempDir private Path temporary;
  private Program program;
  private Fleet fleet;
  private SshServer bastion;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    fleet = new Fleet(temporary).of(HOSTS.toArray(String[]::new));
    bastion = SshServer.start(temporary.resolve("bastion"), "MaxStartups 1:100:1").makeKnown();
    program =
        Program.in(Files.createDirectory(temporary.resolve("project"))).file("site.yml", PLAYBOOK);
    fleet.inventoryOf(program);
    var inventory = program.directory().resolve("inventory/hosts");
    var configuration =
        Files.writeString(
            temporary.resolve("ssh_config"),
            """
            Host bastion
              HostName 127.0.0.1
              Port %d
              IdentityFile %s
              UserKnownHostsFile %s
            Host *
              IdentitiesOnly yes
              IdentityAgent none
            """
                .formatted(bastion.port(), bastion.privateKey(), bastion.knownHosts()));
    Files.writeString(
        inventory,
        Files.readString(inventory).replace("-F none", "-F " + configuration + " -J bastion"));
  }

  @AfterEach
  void end_servers() {
    bastion.close();
    fleet.close();
  }

  @Test
  void a_deploy_logs_in_once_to_the_jump_host_and_once_to_each_host_also_when_it_has_to_lock()
      throws IOException {
    var first = program.run("deploy", "site.yml", "web", "--skip-lint");
    assertThat(first.exitCode()).as(first.errorOutput()).isZero();
    assertThat(first.errorOutput()).contains("6 hosts, all ok");
    assertThat(logins(bastion)).isEqualTo(1);
    for (var host : HOSTS) {
      assertThat(logins(fleet.server(host))).as(host).isEqualTo(1);
    }

    assertThat(program.run("list-host", "web", "--refresh").exitCode()).isZero();
    assertThat(logins(bastion)).isEqualTo(2);

    bastion.close();
    var lost = program.run("verify", "web");
    assertThat(lost.exitCode()).isEqualTo(5);
    assertThat(lost.errorOutput())
        .contains("error: four: cannot be reached: its jump host `bastion` refuses the connection");
  }

  private static long logins(SshServer server) {
    return server.log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }
}
