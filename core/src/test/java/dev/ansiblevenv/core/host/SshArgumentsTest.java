package dev.ansiblevenv.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SshArgumentsTest {

  @Test
  void a_jump_host_is_taken_out_however_it_is_written() {
    assertThat(without("-4", "-J", "bastion", "-v")).containsExactly("-4", "-v");
    assertThat(without("-Jbastion")).isEmpty();
    assertThat(without("-4CJ", "bastion", "-v")).containsExactly("-4C", "-v");
    assertThat(without("-J")).isEmpty();
  }

  @Test
  void what_only_looks_like_one_stays() {
    assertThat(without("-l", "-J", "-oUser=J")).containsExactly("-l", "-J", "-oUser=J");
    assertThat(without("-iJ", "-F", "-J")).containsExactly("-iJ", "-F", "-J");
    assertThat(without("-o", "ProxyJump=bastion")).containsExactly("-o", "ProxyJump=bastion");
  }

  @Test
  void the_last_configuration_file_counts() {
    assertThat(new SshArguments(List.of()).configurationFile()).isEmpty();
    assertThat(new SshArguments(List.of("-F", "one", "-4Ftwo")).configurationFile())
        .isEqualTo("two");
    assertThat(new SshArguments(List.of("-o", "-F", "none")).configurationFile()).isEmpty();
  }

  @Test
  void whether_a_jump_host_may_be_named() {
    assertThat(new SshArguments(List.of("-o", "proxyJUMP=x")).mayNameJumpHost()).isTrue();
    assertThat(new SshArguments(List.of("-vJx")).mayNameJumpHost()).isTrue();
    assertThat(new SshArguments(List.of("-o", "User=Jim", "-C")).mayNameJumpHost()).isFalse();
  }

  private static List<String> without(String... words) {
    return new SshArguments(List.of(words)).withoutJumpHost();
  }
}
