package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.host.SshDestination;
import dev.ansiblevenv.core.host.SshTransport;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the tasks of a run have from the account's session, beside what they have where the same
/// `ansible-playbook` is called by hand.
class SessionIT {

  private static final String VENV = "session_1";

  /// What `ssh HOST` gives, and two names that the shell which starts the agent uses itself.
  private static final Map<String, String> EXPORTED =
      Map.of(
          "PATH", "/usr/local/bin:/usr/bin:/bin:/nonexistent/bin",
          "LANG", "C.UTF-8",
          "SHELL", "/usr/bin/fish",
          "RELEASE", "r9 größer",
          "TERM", "xterm-direct",
          "ANSIBLE_RETRY_FILES_ENABLED", "1",
          "store", "a shop",
          "python", "a snake");

  private static final String PLAYBOOK =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - ansible.builtin.shell: env -0 > {{ out }}/environment
          - ansible.builtin.shell: umask > {{ out }}/umask
          - ansible.builtin.copy: {content: "{{ lookup('env', 'RELEASE') }}", dest: "{{ out }}/copied"}
          - ansible.builtin.file: {path: "{{ out }}/made", state: directory}
          - ansible.builtin.template: {src: t.j2, dest: "{{ out }}/templated"}
          - ansible.builtin.command: "{{ bin }}/ansible-config validate -t all"
          - ansible.builtin.copy: {content: "{{ lookup('pipe', 'env | grep -c ANSIBLE_') }}", dest: "{{ out }}/of_ansible"}
      """;

  @TempDir static Path directory;
  private static TestHost host;

  @BeforeAll
  static void a_host_with_a_venv() {
    host = new TestHost(directory, EXPORTED);
    try (var session = host.open()) {
      host.ensure(session, VENV, TestHost.lock());
    }
  }

  @Test
  void tasks_have_the_umask_and_the_variables_that_they_have_by_hand() throws Exception {
    var ours = Files.createDirectory(directory.resolve("ours"));
    var byHand = Files.createDirectory(directory.resolve("by-hand"));
    try (var session = HostSession.open(withUmask("0027"), "")) {
      var output = new HeardOutput();
      var request =
          host.request(VENV, TestHost.lock(), PLAYBOOK, Map.of("templates/t.j2", "{{ out }}\n"));
      var result = session.run(new VariedRequest(request).extraVars(variables(ours)).get(), output);
      assertThat(result.succeeded()).as(output.text()).isTrue();
    }
    runByHand(byHand);

    assertThat(modes(ours)).isEqualTo(modes(byHand)).containsEntry("copied", "rw-r-----");
    for (var name : List.of("umask", "copied", "of_ansible")) {
      assertThat(ours.resolve(name)).hasSameTextualContentAs(byHand.resolve(name));
    }
    var expected = environment(byHand);
    expected.compute("PATH", (name, path) -> path + ":" + venv().resolve("bin"));
    assertThat(environment(ours)).isEqualTo(expected).containsEntry("store", "a shop");
  }

  /// A real `sshd` with PAM, settings of its own, and the account's login shell, whose files say
  /// something, too.
  @ParameterizedTest
  @ValueSource(strings = {"bash", "fish", "tcsh"})
  void over_ssh_they_are_those_of_the_session_that_ssh_gives(String shell) throws Exception {
    var out = Files.createDirectory(directory.resolve("over-ssh-" + shell));
    Files.writeString(host.home.resolve(".tcshrc"), "setenv OF_TCSH 1\numask 026\n");
    var fish = Files.createDirectories(host.home.resolve(".config/fish"));
    Files.writeString(fish.resolve("config.fish"), "set -x OF_FISH 1\numask 026\n");
    var login =
        Files.writeString(
            directory.resolve("login-" + shell),
            "#!/bin/sh\numask 027\nSHELL=$(command -v %1$s) exec %1$s -c \"$SSH_ORIGINAL_COMMAND\"\n"
                .formatted(shell));
    Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var server =
            SshServer.start(
                    Files.createDirectory(directory.resolve("server-" + shell)),
                    "UsePAM yes",
                    "AcceptEnv LC_*",
                    "SetEnv HOME=%s RELEASE=r9 TZ=Europe/Berlin".formatted(host.home),
                    "ForceCommand " + login)
                .makeKnown();
        var session = HostSession.open(transport(server), "")) {
      var byHand = Files.createDirectory(directory.resolve("ssh-" + shell));
      ssh(server, "env -0 > " + byHand + "/environment; umask > " + byHand + "/umask");
      for (var warm : List.of(false, true)) {
        var output = new HeardOutput();
        var request =
            host.request(
                VENV,
                TestHost.lock(),
                """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - ansible.builtin.shell: env -0 > {{ out }}/environment; umask > {{ out }}/umask
                """,
                Map.of());
        var result =
            session.run(
                new VariedRequest(request).extraVars(variables(out)).warm(warm).get(), output);
        assertThat(result.succeeded()).as(output.text()).isTrue();
        var expected = environment(byHand);
        expected.compute("PATH", (name, path) -> path + ":" + venv().resolve("bin"));
        // Where a session has no locale, Python gives itself one.
        expected.put("LC_CTYPE", "C.UTF-8");
        assertThat(environment(out)).isEqualTo(expected).containsEntry("RELEASE", "r9");
        assertThat(Integer.parseInt(Files.readString(out.resolve("umask")).strip(), 8))
            .isEqualTo(Integer.parseInt(Files.readString(byHand.resolve("umask")).strip(), 8));
      }
    }
  }

  private static SshTransport transport(SshServer server) {
    return new SshTransport(
        new SshDestination(
            "testhost",
            server.address(),
            OptionalInt.of(server.port()),
            server.user(),
            server.privateKey().toString(),
            server.clientOptions()),
        System.getenv());
  }

  private static void ssh(SshServer server, String command) throws Exception {
    var words = new ArrayList<>(List.of("ssh", "-i", server.privateKey().toString()));
    words.addAll(server.clientOptions());
    words.addAll(
        List.of("-p", "" + server.port(), server.user() + "@" + server.address(), command));
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Map<String, String> variables(Path out) {
    return Map.of("out", out.toString(), "bin", venv().resolve("bin").toString());
  }

  private static Path venv() {
    try {
      return host.venv(VENV).toRealPath();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Transport withUmask(String umask) {
    return new Transport() {
      @Override
      public Process start(String command) throws IOException {
        return host.transport().start("umask " + umask + "; " + command);
      }

      @Override
      public String host() {
        return "testhost";
      }
    };
  }

  private static void runByHand(Path out) throws Exception {
    var project = Files.createDirectories(directory.resolve("project/templates")).getParent();
    Files.writeString(project.resolve("site.yml"), PLAYBOOK);
    Files.writeString(project.resolve("templates/t.j2"), "{{ out }}\n");
    var command =
        "umask 0027; cd %s; exec %s/ansible-playbook -i testhost, -e ansible_connection=local -e out=%s -e bin=%2$s site.yml 2>&1"
            .formatted(project, venv().resolve("bin"), out);
    var process = host.transport().start(command);
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Map<String, String> modes(Path out) throws Exception {
    var modes = new TreeMap<String, String>();
    for (var name : List.of("copied", "made", "templated", "environment", "umask")) {
      modes.put(
          name, PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve(name))));
    }
    return modes;
  }

  /// Without what differs between any two shells.
  private static Map<String, String> environment(Path out) throws Exception {
    var variables = new TreeMap<String, String>();
    for (var entry : Files.readString(out.resolve("environment")).split("\0")) {
      var parts = entry.split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    List.of("PWD", "OLDPWD", "SHLVL", "_", "SSH_CLIENT", "SSH_CONNECTION", "SSH_ORIGINAL_COMMAND")
        .forEach(variables::remove);
    return variables;
  }
}
