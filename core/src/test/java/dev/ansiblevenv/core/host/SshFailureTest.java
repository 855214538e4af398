package dev.ansiblevenv.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.diagnostic.HostUnreachable;
import org.junit.jupiter.api.Test;

/// On what OpenSSH prints.
final class SshFailureTest {

  private static final String THROTTLED =
      "kex_exchange_identification: Connection closed by remote host\n";

  @Test
  void a_server_that_is_too_busy_may_be_asked_again() {
    assertThat(failure(THROTTLED).isBusy()).isTrue();
    assertThat(failure("ssh: connect to host a port 22: Connection refused\n").isBusy()).isFalse();
  }

  @Test
  void so_may_a_jump_host() {
    var failure = failure(THROTTLED + "Connection closed by 192.0.2.1 port 22\n" + THROTTLED);
    assertThat(failure).hasMessageContaining("through the jump host");
    assertThat(failure.isBusy()).isTrue();
  }

  @Test
  void what_the_ssh_to_a_jump_host_says_is_not_said_of_the_host_behind_it() {
    var failure = failure("Host key verification failed.\n" + THROTTLED);
    assertThat(failure).hasMessageContaining("through the jump host");
    assertThat(failure.why()).isEqualTo("Host key verification failed.");
    assertThat(failure.next()).contains("`ssh night2`");
    assertThat(failure.isBusy()).isFalse();
  }

  @Test
  void a_key_file_that_is_not_there_is_no_jump_host() {
    var failure =
        failure(
            "Warning: Identity file /x not accessible: No such file or directory.\n" + THROTTLED);
    assertThat(failure).hasMessageNotContaining("jump host");
  }

  private static HostUnreachable failure(String text) {
    return SshFailure.of(text).orElseThrow().at("night2", "ssh night2", text);
  }
}
