package dev.ansiblevenv.core.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.environment.BuildInputs.Pushed;
import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.core.tool.PinnedUv;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildInputsTest {

  private static final PinnedUv UV = new PinnedUv("0.13.9", "0".repeat(64), Map.of());

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("UV_DEFAULT_INDEX", "https://robot:s3cret@index.example/simple"),
          Map.entry("UV_INDEX_OWN_PASSWORD", "s3cret"),
          Map.entry("HTTPS_PROXY", "http://proxy.example:3128"),
          Map.entry("SSL_CERT_FILE", "/etc/ssl/own.pem"),
          Map.entry("UV_HTTP_TIMEOUT", "60"),
          Map.entry("UV_OFFLINE", "1"),
          Map.entry("UV_FIND_LINKS", "/srv/wheels"),
          Map.entry("UV_KEYRING_PROVIDER", "subprocess"),
          Map.entry("UV_CACHE_DIR", "/srv/cache"),
          Map.entry("NETRC", "/home/me/.netrc"),
          Map.entry("PATH", "/usr/bin"));

  @Test
  void the_way_to_an_index_travels_and_what_is_this_machines_stays() {
    assertThat(new BuildInputs(UV, Map.of(), SETTINGS).settingsForTheHost())
        .containsOnlyKeys(
            "UV_DEFAULT_INDEX",
            "UV_INDEX_OWN_PASSWORD",
            "HTTPS_PROXY",
            "SSL_CERT_FILE",
            "UV_HTTP_TIMEOUT");
  }

  @Test
  void a_host_that_is_pushed_to_is_told_of_no_network_and_no_login() {
    var pushed = new Pushed(new HostPython("/usr/bin/python3", "3.11.2"), List.of());
    var inputs = new BuildInputs(UV, _ -> Map.of(), SETTINGS, Optional.of(pushed));
    assertThat(inputs.settingsForTheHost()).isEmpty();
    assertThat(inputs.toString()).doesNotContain("s3cret", "proxy.example");
  }
}
