package dev.ansiblevenv.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "* anything.org true",
        "example.org example.org true",
        "example.org EXAMPLE.org true",
        "example.org sub.example.org true",
        ".example.org sub.example.org true",
        ".example.org example.org true",
        "*.example.org a.b.example.org true",
        "example.org notexample.org false",
        "example.org example.org.evil.net false",
        "a,b.org,c b.org true",
        "example.org:443 example.org true",
        "example.org:8443 example.org false",
        "10.0.0.0/8 10.1.2.3 true",
        "10.0.0.0/8 11.1.2.3 false",
        "10.0.0.0/8 10.example.org false",
        "192.168.1.16/28 192.168.1.31 true",
        "192.168.1.16/28 192.168.1.32 false",
        "127.0.0.1 127.0.0.1 true",
        "127.0.0.1 127.0.0.2 false",
        "::1 [::1] true",
        "[::1]:443 [0:0:0:0:0:0:0:1] true",
        "fd00::/8 [fd12::1] true",
        "0.1 10.0.0.1 false",
        "10.0.0.0/99 10.0.0.1 false",
        "',,' example.org false",
      })
  void excepts_what_curl_and_uv_except(String setting, String host, boolean expected) {
    assertThat(new NoProxy(setting).excepts(host, 443)).isEqualTo(expected);
  }
}
