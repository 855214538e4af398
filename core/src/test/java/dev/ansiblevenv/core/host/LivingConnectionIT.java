package dev.ansiblevenv.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user whose own configuration keeps connections: `ControlMaster`, `ControlPath` and
/// `ControlPersist`.
final class LivingConnectionIT {

  @TempDir private Path directory;
  private Path configuration;
  private SshServer server;

  @BeforeEach
  void a_user_who_keeps_connections() throws IOException {
    server = SshServer.start(directory, "MaxSessions 10").makeKnown();
    configuration =
        Files.writeString(
            directory.resolve("config"),
            """
            Host night2
              HostName 127.0.0.1
              Port %d
              UserKnownHostsFile %s
              IdentityFile %s
              IdentitiesOnly yes
              IdentityAgent none
              ControlMaster auto
              ControlPath %s/%%C
              ControlPersist 60
            """
                .formatted(server.port(), server.knownHosts(), server.privateKey(), directory));
  }

  @AfterEach
  void end_all() throws Exception {
    control("exit");
    server.close();
  }

  @Test
  void what_the_first_command_opened_serves_the_second() throws Exception {
    for (var round = 0; round < 3; round++) {
      try (var session = open()) {
        assertThat(session.facts().home()).isEqualTo(server.home().toString());
      }
    }
    assertThat(logins()).isEqualTo(1);
    assertThat(control("check")).isZero();
  }

  @Test
  void more_sessions_than_a_connection_may_have_get_connections_of_their_own() throws Exception {
    open().close();
    var sessions = new ArrayList<HostSession>();
    try {
      for (var number = 0; number < 12; number++) {
        sessions.add(open());
      }
      assertThat(sessions)
          .allSatisfy(
              session -> assertThat(session.facts().home()).isEqualTo(server.home().toString()));
    } finally {
      sessions.forEach(HostSession::close);
    }
    assertThat(logins()).isBetween(2L, 4L);
  }

  @Test
  void when_the_connection_goes_away_the_session_says_so_and_the_next_makes_a_new_one()
      throws Exception {
    open().close();
    try (var session = open()) {
      session.facts();
      server.dropConnections();
      assertThatThrownBy(session::list)
          .isInstanceOf(HostUnreachable.class)
          .hasMessageContaining("the connection to the agent ended");
    }
    try (var session = open()) {
      assertThat(session.list().venvs()).isEmpty();
    }
  }

  private HostSession open() {
    var destination =
        new SshDestination(
            "night2",
            "night2",
            OptionalInt.empty(),
            "",
            "",
            List.of("-F", configuration.toString()));
    return HostSession.open(new SshTransport(destination, System.getenv()), "");
  }

  private int control(String command) throws Exception {
    return new ProcessBuilder("ssh", "-F", configuration.toString(), "-O", command, "night2")
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("control").toFile())
        .start()
        .waitFor();
  }

  private long logins() {
    return server.log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }
}
