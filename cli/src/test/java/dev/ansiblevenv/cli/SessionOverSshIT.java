package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of a run on another machine have the session that `ssh HOST ansible-playbook …` gives
/// them, from PAM, sshd and the login shell. The real `ansible-playbook` over the real `ssh` is the
/// oracle.
final class SessionOverSshIT {

  /// Left out is what docs/faithful.md names, and what every connection has of its own.
  private static final String PLAYBOOK =
      """
      - name: Look around
        hosts: all
        gather_facts: false
        tasks:
          - name: See the session
            ansible.builtin.shell: |
              env | grep -v -e '^PATH=' -e '^PWD=' -e '^OLDPWD=' -e '^SHLVL=' -e '^_=' -e '^SSH_' | sort
              echo "$PATH" | tr : "\\n" | grep -v ansible-venv
              umask
              ulimit -Sn
              id
              cat /proc/self/oom_score_adj
            register: session
            changed_when: false
          - name: Create what others may read or not
            ansible.builtin.shell: rm -rf ~/created; mkdir ~/created; echo > ~/created/by-shell
          - name: Copy
            ansible.builtin.copy: {content: x, dest: ~/created/by-copy}
          - name: Make a directory
            ansible.builtin.file: {path: ~/created/directory, state: directory}
          - name: See the modes
            ansible.builtin.command: find /home/deploy/created -printf '%p %m %u:%g\\n'
            register: created
            changed_when: false
          - name: Show it
            ansible.builtin.debug:
              msg: "{{ session.stdout_lines + created.stdout_lines | sort }}"
          - name: See what templates see
            ansible.builtin.debug:
              msg: "{{ query('env', 'FROM_PAM', 'FROM_SSHD', 'FROM_BASHRC', 'FROM_PROFILE', 'HOME', 'SHELL', 'USER', 'LANG') }}"
      """;

  private static final String PAM =
      """
      account required pam_permit.so
      session required pam_env.so
      session optional pam_umask.so umask=027
      """;

  @TempDir private Path temporary;
  private Program program;
  private Machine machine;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    machine =
        Machine.start(
            temporary.resolve("night2"),
            "night2",
            "UsePAM yes",
            "SetEnv FROM_SSHD=\"two words\" LC_TIME=C.UTF-8");
    write("/etc/pam.d/sshd", PAM);
    write("/etc/environment", "FROM_PAM=\"from pam\"\nLANG=C.UTF-8\n");
    write("/home/deploy/.profile", "umask 077; export FROM_PROFILE=1\n");
    program =
        Program.in(Files.createDirectory(temporary.resolve("project")))
            .file("site.yml", PLAYBOOK)
            .file("inventory/hosts", Fleet.line("night2", machine) + "\n");
  }

  @AfterEach
  void end_machine() {
    machine.close();
  }

  @Test
  void tasks_have_what_pam_sshd_and_the_login_shell_give() throws Exception {
    var plain = deploy();
    assertThat(plain).isEqualTo(byHand());
    assertThat(plain)
        .contains(
            "\"FROM_PAM=from pam\",", "\"FROM_SSHD=two words\",", "\"0027\",", "\"from pam\",");

    write("/home/deploy/.bashrc", "umask 007; ulimit -Sn 600; export FROM_BASHRC=1; cd /\n");
    var configured = deploy();
    assertThat(configured).isEqualTo(byHand());
    assertThat(configured)
        .contains("\"FROM_BASHRC=1\",", "\"600\",", "\"0007\",")
        .contains("\"/home/deploy/created/by-copy 660 deploy:deploy\",")
        .doesNotContain("\"FROM_PROFILE=1\",");

    machine.exec("usermod", "--shell", "/bin/sh", "deploy");
    var otherShell = deploy();
    assertThat(otherShell).isEqualTo(byHand());
    assertThat(otherShell).contains("\"SHELL=/bin/sh\",", "\"0027\",");
  }

  private List<String> deploy() {
    var result = program.run("deploy", "site.yml", "night2", "--push", "--skip-lint");
    assertThat(result.exitCode()).as(result.errorOutput() + result.output()).isZero();
    return tasks(result.output());
  }

  /// With the environment that was built on the machine, which is not activated.
  private List<String> byHand() throws Exception {
    ssh("mkdir -p ~/project && cat > ~/project/site.yml", PLAYBOOK);
    ssh(
        "cat > ~/project/hosts",
        "night2 ansible_connection=local ansible_python_interpreter='{{ ansible_playbook_python }}'\n");
    return tasks(ssh("cd ~/project && ~/venvs/*/bin/ansible-playbook -i hosts site.yml", ""));
  }

  private static List<String> tasks(String output) {
    return output
        .lines()
        .dropWhile(line -> !line.startsWith("TASK"))
        .takeWhile(line -> !line.startsWith("PLAY RECAP"))
        .map(String::strip)
        .toList();
  }

  private String ssh(String line, String input) throws Exception {
    var command = new ArrayList<>(List.of("ssh", "-i", machine.privateKey().toString()));
    command.addAll(machine.clientOptions());
    command.addAll(List.of(machine.user() + "@" + machine.address(), line));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var stream = process.getOutputStream()) {
      stream.write(input.getBytes(UTF_8));
    }
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private void write(String path, String text) {
    machine.exec("sh", "-c", "printf %s \"$2\" > \"$1\"", "sh", path, text);
  }
}
