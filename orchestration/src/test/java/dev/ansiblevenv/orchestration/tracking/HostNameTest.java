package dev.ansiblevenv.orchestration.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.UsageFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "night2.lan",
        "NIGHT2",
        "10.0.0.1",
        "::1",
        "fe80::1%eth0",
        "2001:db8::10.0.0.1",
        "a_b-c",
        "\u00fcml\u00e4ut.lan",
        "1host"
      })
  void hosts_are_named_as_in_dns_or_by_address(String text) {
    assertThat(HostName.of(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"[::1],::1", "[fe80::1%eth0],fe80::1%eth0"})
  void brackets_of_an_address_are_dropped(String text, String name) {
    assertThat(HostName.of(text).text()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-oProxyCommand=x", "-", "a/b", "../x", "a..b", ".hidden", "a b", "a\nb", "a\u0000",
        "user@host", "host:22", "[::1]:22", "[host]", "a;b", "$(x)", "a'b", "web[1:3]", "*", "a.",
        "a,b", "a=b", "#a"
      })
  void what_cannot_name_a_host_is_refused(String text) {
    assertThatThrownBy(() -> HostName.of(text)).isInstanceOf(UsageFailure.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-x,it begins with `-`",
    "a/b,it contains `/`",
    "u@h,a user does not belong to the name: set `ansible_user`",
    "h:22,a port does not belong to the name: set `ansible_port`"
  })
  void the_reason_is_named(String text, String why) {
    assertThatThrownBy(() -> HostName.of(text)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 300})
  void a_name_has_to_fit_into_a_file_name(int length) {
    assertThatThrownBy(() -> HostName.of("a".repeat(length)))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("longer than 200 bytes");
    assertThat(HostName.of("a".repeat(200)).text()).hasSize(200);
  }
}
