package dev.ansiblevenv.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir Path home;

  @Test
  void a_variable_wins_over_the_users_file_and_that_over_the_machines() throws Exception {
    write(".config/pip/pip.conf", "[global]\nindex-url = https://user.example/simple\n");
    write(
        "xdg/pip/pip.conf", "[global]\nindex-url = https://machine.example/simple\ncert=/m.pem\n");
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_DIRS", home.resolve("xdg").toString());
    assertThat(new PipConfiguration(environment).completed())
        .containsEntry("PIP_INDEX_URL", "https://user.example/simple");
    environment.put("PIP_INDEX_URL", "https://variable.example/simple");
    assertThat(new PipConfiguration(environment).completed())
        .containsEntry("PIP_INDEX_URL", "https://variable.example/simple");
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.remove("PIP_INDEX_URL");
    assertThat(new PipConfiguration(environment).completed()).isEqualTo(environment);
  }

  @Test
  void the_install_section_wins_and_indented_lines_continue_a_value() throws Exception {
    write(
        "pip.conf",
        """
        # comment
        [install]
        index_url: https://install.example/simple
        [global]
        index-url = https://global.example/simple
        extra-index-url =
            https://a.example/simple
            https://b.example/simple
        trusted-host = global.example
        """);
    var completed =
        new PipConfiguration(Map.of("PIP_CONFIG_FILE", home.resolve("pip.conf").toString()))
            .completed();
    assertThat(completed)
        .containsEntry("PIP_INDEX_URL", "https://install.example/simple")
        .containsEntry("PIP_EXTRA_INDEX_URL", "https://a.example/simple https://b.example/simple");
    var indexes = PackageIndexes.of(completed);
    assertThat(indexes.all())
        .extracting(PackageIndex::uri)
        .containsExactly(
            URI.create("https://a.example/simple/"),
            URI.create("https://b.example/simple/"),
            URI.create("https://install.example/simple/"));
  }

  @Test
  void uvs_own_settings_win_over_pips() {
    var indexes =
        PackageIndexes.of(
            Map.of(
                "UV_DEFAULT_INDEX", "internal=https://uv.example/simple/",
                "UV_INDEX_URL", "https://old.example",
                "PIP_INDEX_URL", "https://pip.example",
                "UV_INDEX", "https://first.example",
                "PIP_EXTRA_INDEX_URL", "https://extra.example"));
    assertThat(indexes.all())
        .extracting(PackageIndex::uri)
        .containsExactly(
            URI.create("https://first.example/"), URI.create("https://uv.example/simple/"));
  }

  @Test
  void uv_gets_the_network_settings_and_nothing_that_changes_what_it_does() {
    var environment =
        Map.ofEntries(
            Map.entry("PATH", "/bin"),
            Map.entry("HTTPS_PROXY", "http://p:1"),
            Map.entry("no_proxy", "localhost"),
            Map.entry("PIP_INDEX_URL", "https://pip.example/simple"),
            Map.entry("PIP_CERT", "/ca.pem"),
            Map.entry("UV_INDEX_MINE_PASSWORD", "x"),
            Map.entry("UV_CACHE_DIR", "/cache"),
            Map.entry("UV_PROJECT_ENVIRONMENT", "/bad"),
            Map.entry("UV_PYTHON", "3.9"),
            Map.entry("UV_CONSTRAINT", "/bad"),
            Map.entry("VIRTUAL_ENV", "/bad"),
            Map.entry("PYTHONPATH", "/bad"),
            Map.entry("PYTHONDONTWRITEBYTECODE", "1"));
    assertThat(new UvEnvironment(environment).variables())
        .containsEntry("UV_DEFAULT_INDEX", "https://pip.example/simple")
        .containsEntry("SSL_CERT_FILE", "/ca.pem")
        .containsOnlyKeys(
            "PATH",
            "HTTPS_PROXY",
            "no_proxy",
            "UV_DEFAULT_INDEX",
            "SSL_CERT_FILE",
            "UV_INDEX_MINE_PASSWORD",
            "UV_CACHE_DIR",
            "UV_NO_PROGRESS",
            "UV_PYTHON_DOWNLOADS",
            "NO_COLOR");
  }

  @Test
  void an_index_in_uvs_own_configuration_is_not_overruled_by_pips() throws Exception {
    write(".config/uv/uv.toml", "[[index]]\nurl = \"https://uv.example/simple\"\ndefault = true\n");
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_DIRS", home.toString());
    environment.put("PIP_INDEX_URL", "https://pip.example/simple");
    assertThat(new UvEnvironment(environment).variables()).doesNotContainKey("UV_DEFAULT_INDEX");
    write(".config/uv/uv.toml", "native-tls = true\n");
    assertThat(new UvEnvironment(environment).variables()).containsKey("UV_DEFAULT_INDEX");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,linux-x86_64",
    "Linux,x86_64,linux-x86_64",
    "linux,arm64,linux-aarch64",
    "Linux,armv8l,linux-armv7l",
    "Mac OS X,aarch64,darwin-arm64",
    "Darwin,x86_64,darwin-x86_64",
  })
  void a_platform_has_one_name(String os, String machine, String name) {
    assertThat(Platform.of(os, machine)).hasToString(name);
  }

  @Test
  void every_pinned_wheel_is_of_the_pinned_version_and_has_a_hash() {
    assertThat(UvWheel.all())
        .hasSize(10)
        .allSatisfy(wheel -> {
          assertThat(wheel.fileName()).startsWith("uv-" + UvWheel.VERSION + "-py3-none-");
          assertThat(wheel.sha256()).matches("[0-9a-f]{64}");
        })
        .extracting(UvWheel::platform)
        .doesNotHaveDuplicates();
  }

  @Test
  void the_lock_of_ansible_lint_names_the_version_a_hash_for_everything_and_no_index()
      throws Exception {
    try (var lock = ManagedAnsibleLint.class.getResourceAsStream("ansible-lint.txt")) {
      assertThat(lock).isNotNull();
      var text = new String(lock.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(text)
          .contains("ansible-lint==" + ManagedAnsibleLint.VERSION)
          .doesNotContain("://");
      assertThat(text.lines().filter(line -> !line.startsWith(" ")))
          .allMatch(line -> line.contains("==") && line.endsWith("\\"));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9.6,0.9.6,0", "0.9.5,0.9.6,-1", "0.10,0.9.9,1", "1.0,1.0.0,0"})
  void versions_compare_number_by_number(String a, String b, int order) {
    assertThat(Integer.signum(ToolVersion.of(a).compareTo(ToolVersion.of(b)))).isEqualTo(order);
  }

  private void write(String file, String content) throws Exception {
    var path = home.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, content);
  }
}
