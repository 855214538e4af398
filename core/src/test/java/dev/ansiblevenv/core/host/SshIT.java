package dev.ansiblevenv.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.testing.SshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshIT {

  @TempDir Path directory;

  @Test
  void a_host_behind_ssh_answers_as_one_here_does() {
    try (var server = SshServer.start(directory).makeKnown();
        var session = HostSession.open(transport(server), "")) {
      assertThat(session.facts().home()).isEqualTo(server.home().toString());
      assertThat(session.factsWithPythons().pythons()).isNotEmpty();
      assertThat(session.list().venvs()).isEmpty();
    }
    assertThat(directory.resolve("home/.local/share/ansible-venv/agent")).isDirectory();
  }

  @Test
  void one_connection_does_for_a_host_that_lacks_the_agent() {
    try (var server = SshServer.start(directory).makeKnown()) {
      try (var session = HostSession.open(transport(server), "")) {
        session.list();
      }
      assertThat(server.log().lines().filter(line -> line.startsWith("Accepted publickey")))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash", "/usr/bin/fish", "/usr/bin/tcsh"})
  void the_login_shell_may_be_any_and_may_be_talkative(String shell) throws IOException {
    // What sshd does with a command: the login shell's `-c`.
    var login =
        script(
            "login",
            "echo Welcome; echo 'last login: never' >&2; exec "
                + shell
                + " -c \"$SSH_ORIGINAL_COMMAND\"");
    try (var server = SshServer.start(directory, "ForceCommand " + login).makeKnown();
        var session = HostSession.open(transport(server), "")) {
      assertThat(session.facts().home()).isEqualTo(server.home().toString());
    }
  }

  @Test
  void an_unknown_key_is_refused_and_says_how_to_enroll() {
    try (var server = SshServer.start(directory)) {
      assertThat(failure(transport(server)))
          .hasMessageContaining("has a host key that is not known")
          .satisfies(
              failure -> assertThat(failure.next()).contains("ansible-venv enroll night2.lan"));
    }
  }

  @Test
  void a_changed_key_is_refused_whatever_the_inventory_asks_for() {
    try (var server = SshServer.start(directory).makeKnown()) {
      server.changeKey();
      assertThat(failure(transport(server, "-o", "StrictHostKeyChecking=no")))
          .hasMessageContaining("another host key than the one that is known");
    }
  }

  @Test
  void a_key_that_is_not_authorised_is_denied() {
    try (var server = SshServer.start(directory, "AuthorizedKeysFile /dev/null").makeKnown()) {
      assertThat(failure(transport(server))).hasMessageContaining("denies the login");
    }
  }

  @Test
  void nobody_listens() {
    SshTransport transport;
    try (var server = SshServer.start(directory).makeKnown()) {
      transport = transport(server);
    }
    assertThat(failure(transport)).hasMessageContaining("refuses the connection");
  }

  @Test
  void a_host_that_never_answers_is_given_up() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var server = SshServer.start(directory).makeKnown()) {
      var options = new ArrayList<>(server.clientOptions());
      options.addAll(List.of("-o", "ConnectTimeout=1"));
      var destination =
          new SshDestination(
              "night2.lan",
              "127.0.0.1",
              OptionalInt.of(silent.getLocalPort()),
              "",
              server.privateKey().toString(),
              options);
      assertThat(failure(new SshTransport(destination, System.getenv())))
          .hasMessageContaining("does not answer");
    }
  }

  @Test
  void a_name_that_nobody_knows() {
    var destination =
        new SshDestination(
            "night2.lan", "night2.invalid", OptionalInt.empty(), "", "", List.of("-F", "none"));
    assertThat(failure(new SshTransport(destination, System.getenv())))
        .hasMessageContaining("cannot be resolved");
  }

  @Test
  void an_exit_code_of_255_is_not_taken_for_one_of_ssh() throws IOException {
    var forced = script("odd", "exit 255");
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown()) {
      assertThat(failure(transport(server)))
          .hasMessageContaining("does not run what it is asked to")
          .satisfies(failure -> assertThat(failure.next()).contains("127.0.0.1 /bin/echo works`"));
    }
  }

  @Test
  void words_of_the_host_are_not_taken_for_those_of_ssh() throws IOException {
    var forced =
        script(
            "talkative",
            "echo 'curl: (7) connect to mirror port 80: Connection refused' >&2;"
                + " echo '/etc/profile.d/x.sh: Permission denied' >&2; exit 255");
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown()) {
      assertThat(failure(transport(server)))
          .hasMessageContaining("does not run what it is asked to")
          .hasMessageContaining("curl: (7)");
    }
  }

  @Test
  void an_agent_that_is_killed_is_no_failure_to_connect() throws IOException {
    var forced =
        script(
            "noisy",
            "echo 'ssh: connect to host mirror port 22: Connection refused' >&2;"
                + " exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown();
        var session = HostSession.open(transport(server), "")) {
      session.facts();
      server.dropConnections();
      assertThatThrownBy(session::list)
          .isInstanceOf(HostUnreachable.class)
          .hasMessageContaining("lost the connection")
          .hasMessageNotContaining("refuses the connection");
    }
  }

  /// As with `sudo -i` for a forced command.
  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash -l", "/bin/bash -i", "/bin/tcsh"})
  void a_shell_that_is_forced_on_us_obeys_nothing(String shell) throws IOException {
    var forced = script("shell", "cd " + directory + "; exec " + shell);
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown()) {
      var session = HostSession.open(transport(server), "~/$(touch obeyed)");
      assertThatThrownBy(session::facts)
          .hasMessageContaining("does not run what it is asked to")
          .hasMessageNotContaining("command not found");
      session.close();
    }
    assertThat(directory.resolve("obeyed")).doesNotExist();
  }

  /// As behind a shell that wants the whole of its input before it begins, which fish does.
  @Test
  @Tag("long")
  void a_host_that_lets_us_in_and_says_nothing_is_given_up() throws IOException {
    var forced = script("silent", "exec sleep 600");
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown()) {
      assertThat(failure(transport(server)))
          .hasMessageContaining("a login script does not come to an end")
          .hasMessageContaining("for 8 s the account's shell has not started our command");
    }
  }

  @Test
  void a_forced_command_is_shown_by_what_it_says() throws IOException {
    var forced = script("backup", "echo 'This account is currently not available.'");
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown()) {
      assertThat(failure(transport(server)))
          .hasMessageContaining("This account is currently not available.");
    }
  }

  @Test
  void a_host_without_python_is_not_an_error_of_ssh() throws IOException {
    var bin = Files.createDirectories(directory.resolve("bin"));
    var forced = script("bare", "PATH=" + bin + "; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown()) {
      assertThat(failure(transport(server))).hasMessageContaining("there is no python3");
    }
  }

  @Test
  void a_host_whose_python_is_too_old_says_which_it_has() throws IOException {
    var bin = Files.createDirectories(directory.resolve("bin"));
    // What an interpreter of version 3.7 does with our questions.
    script("bin/python3", "[ \"$1\" = -V ] && echo Python 3.7.9 && exit; exit 1");
    var forced = script("old", "PATH=" + bin + "; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
    try (var server = SshServer.start(directory, "ForceCommand " + forced).makeKnown()) {
      assertThat(failure(transport(server)))
          .hasMessageContaining("no usable Python")
          .hasMessageContaining("there is only python3(3.7.9)");
      assertThat(server.home()).isEmptyDirectory();
    }
  }

  @Test
  void an_option_that_ssh_does_not_know_is_an_error_of_the_configuration() {
    try (var server = SshServer.start(directory).makeKnown()) {
      assertThat(failure(transport(server, "-o", "NoSuchOption=yes")))
          .hasMessageContaining("cannot be reached with this ssh configuration");
    }
  }

  @Test
  void a_jump_host_that_refuses_is_told_apart() {
    try (var server = SshServer.start(directory).makeKnown()) {
      assertThat(failure(transport(server, "-J", "127.0.0.1:1")))
          .hasMessageContaining("night2.lan")
          .satisfies(failure -> assertThat(failure.why()).isNotEmpty());
    }
  }

  @Test
  void the_ssh_to_a_jump_host_asks_nothing_either() throws IOException {
    var mark = directory.resolve("asked");
    var environment = new HashMap<>(System.getenv());
    environment.put("SSH_ASKPASS", script("ask", "touch " + mark + "; echo yes").toString());
    environment.put("SSH_ASKPASS_REQUIRE", "force");
    try (var server = SshServer.start(directory).makeKnown();
        var jump = SshServer.start(directory.resolve("jump"))) {
      var transport = transport(server, "-J", "127.0.0.1:" + jump.port());
      assertThat(failure(new SshTransport(transport.destination(), environment)))
          .hasMessageContaining("cannot be reached through the jump host")
          .satisfies(failure -> assertThat(failure.why()).contains("Host key verification failed"));
    }
    assertThat(mark).doesNotExist();
  }

  @Test
  void enrolling_shows_the_key_notes_it_once_and_never_replaces_another() throws IOException {
    try (var server = SshServer.start(directory)) {
      Files.writeString(server.knownHosts(), "other.lan ssh-ed25519 AAAA no line break");
      var keys = new HostKeys(transport(server).destination(), System.getenv());
      var offer = keys.offered();
      assertThat(offer.fingerprint()).isEqualTo(server.fingerprint());
      assertThat(offer.type()).isEqualTo("ED25519");
      assertThat(offer.standing()).isEqualTo(HostKeys.Standing.UNKNOWN);
      keys.trust(offer);
      assertThat(keys.offered().standing()).isEqualTo(HostKeys.Standing.KNOWN);
      assertThat(Files.readAllLines(server.knownHosts())).hasSize(2);
      try (var session = HostSession.open(transport(server), "")) {
        assertThat(session.facts().home()).isEqualTo(server.home().toString());
      }
      server.changeKey();
      assertThat(keys.offered().standing()).isEqualTo(HostKeys.Standing.CHANGED);
    }
  }

  @Test
  void a_hashed_name_is_noted_and_found_hashed() throws IOException {
    try (var server = SshServer.start(directory)) {
      var keys =
          new HostKeys(
              transport(server, "-o", "HashKnownHosts=yes").destination(), System.getenv());
      keys.trust(keys.offered());
      assertThat(Files.readString(server.knownHosts())).startsWith("|1|");
      assertThat(keys.offered().standing()).isEqualTo(HostKeys.Standing.KNOWN);
    }
  }

  private static SshTransport transport(SshServer server, String... options) {
    var all = new ArrayList<>(server.clientOptions());
    all.addAll(List.of(options));
    return new SshTransport(
        new SshDestination(
            "night2.lan",
            "127.0.0.1",
            OptionalInt.of(server.port()),
            server.user(),
            server.privateKey().toString(),
            all),
        System.getenv());
  }

  private Failure failure(SshTransport transport) {
    return catchThrowableOfType(
        HostUnreachable.class,
        () -> {
          try (var session = HostSession.open(transport, "")) {
            session.facts();
          }
        });
  }

  private Path script(String name, String text) throws IOException {
    var file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
