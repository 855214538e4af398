package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host behind a real `sshd`, from its key to its record.
final class RemoteHostIT {

  private static final String PLAYBOOK =
      """
      - name: Look around
        hosts: night2.lan
        gather_facts: false
        tasks:
          - name: Show where this runs
            ansible.builtin.debug:
              msg: "{{ colour }} at {{ lookup('env', 'HOME') }}"
      """;

  @TempDir private Path temporary;
  private Program program;
  private SshServer server;

  @BeforeEach
  void create_project() throws IOException {
    server = SshServer.start(temporary.resolve("night2"));
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    program.file("site.yml", PLAYBOOK);
    program.file(
        "inventory/hosts",
        """
        # who is who
        [jump_hosts]
        night2.lan ansible_host=127.0.0.1 ansible_port=%d
        """
            .formatted(server.port()));
    program.file(
        "inventory/group_vars/jump_hosts.yml",
        """
        ansible_user: %s
        ansible_ssh_private_key_file: %s
        ansible_ssh_common_args: "%s"
        colour: green
        """
            .formatted(
                server.user(), server.privateKey(), String.join(" ", server.clientOptions())));
  }

  @AfterEach
  void end_server() {
    server.close();
  }

  @Test
  void a_host_is_enrolled_deployed_to_listed_and_verified() throws IOException {
    var unknown = program.run("deploy", "site.yml", "night2.lan");
    assertThat(unknown.exitCode()).as(unknown.errorOutput()).isEqualTo(5);
    assertThat(unknown.errorOutput()).contains("hint: `ansible-venv enroll night2.lan`");
    assertThat(program.directory().resolve("venv_specs")).doesNotExist();
    assertThat(program.directory().resolve("host_venvs")).doesNotExist();

    assertThat(program.run("enroll", "night2.lan").exitCode()).isEqualTo(2);
    assertThat(program.run("enroll", "night2.lan", "--fingerprint", "SHA256:x").exitCode())
        .isEqualTo(5);
    var enrolled = program.run("enroll", "night2.lan", "--fingerprint", server.fingerprint());
    assertThat(enrolled.exitCode()).as(enrolled.errorOutput()).isZero();

    var first = program.run("deploy", "site.yml", "night2.lan", "--format", "json");
    assertThat(first.exitCode()).as(first.errorOutput()).isZero();
    assertThat(first.errorOutput()).contains("green at " + server.home());
    var name = String.valueOf(JSON.std.mapFrom(first.lastLine()).get("venv_name"));
    assertThat(server.home().resolve("venvs").resolve(name)).isSymbolicLink();
    assertThat(Files.readString(program.directory().resolve("inventory/hosts")))
        .contains("# who is who")
        .contains("installed_venvs='[\"" + name + "\"]'");
    assertThat(program.directory().resolve("host_venvs/night2.lan.yml")).exists();

    assertThat(program.run("where", name).output()).contains("night2.lan");
    assertThat(program.run("list-host", "127.0.0.1", "--refresh").exitCode()).isZero();
    assertThat(program.run("list-host", "NIGHT2.lan", "--refresh").output())
        .contains(name, "ready", "yes");
    assertThat(program.run("sync", "--check").exitCode()).isZero();
    assertThat(program.run("verify", "night2.lan").exitCode()).isZero();

    Files.delete(server.home().resolve("venvs").resolve(name));
    var missing = program.run("verify", "night2.lan");
    assertThat(missing.exitCode()).isEqualTo(7);
    assertThat(missing.output()).contains(name, "missing");
  }

  @Test
  void a_crash_between_the_host_and_the_record_is_mended_by_the_next_deploy() throws IOException {
    server.makeKnown();
    assertThat(program.run("deploy", "site.yml", "night2.lan").exitCode()).isZero();
    var record = program.directory().resolve("host_venvs/night2.lan.yml");
    var written = Files.readString(record);
    Files.delete(record);
    program.file(
        "inventory/hosts",
        Files.readString(program.directory().resolve("inventory/hosts"))
            .replaceAll(" installed_venvs=.*", ""));
    assertThat(program.run("list-host", "night2.lan", "--refresh").output()).contains("no");
    assertThat(program.run("verify", "night2.lan").output()).contains("unrecorded");
    assertThat(program.run("deploy", "site.yml", "night2.lan").exitCode()).isZero();
    assertThat(Files.readString(record).lines().limit(3).toList())
        .isEqualTo(written.lines().limit(3).toList());
    assertThat(program.run("sync", "--check").exitCode()).isZero();
  }
}
