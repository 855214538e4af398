package dev.ansiblevenv.core.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.ansiblevenv.core.galaxy.ConfiguredServer.Login;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import dev.ansiblevenv.formats.file.Boundary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalaxyServersTest {

  @TempDir Path project;
  private final Map<String, String> environment = new HashMap<>();

  private List<ConfiguredServer> servers() {
    environment.putIfAbsent("HOME", project.resolve("home").toString());
    return GalaxyServers.read(new ConfigurationLookup(project, project, environment).forProject())
        .servers();
  }

  private void file(String path, String content) {
    try {
      var file = project.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_public_galaxy_is_asked_when_nothing_is_configured() {
    assertThat(servers()).map(ConfiguredServer::login).containsExactly(new Login.Anonymous());
    assertThat(servers()).map(s -> s.url().getScheme()).containsExactly("https");
  }

  /// The environment of [Boundary#closed].
  @Test
  void a_project_that_is_not_trusted_chooses_no_address_for_a_login_of_the_caller() {
    file(
        "ansible.cfg",
        """
        [galaxy]
        server_list = mine, its
        [galaxy_server.mine]
        url = https://evil.example/
        auth_url = https://evil.example/
        [galaxy_server.its]
        url = https://evil.example/
        """);
    environment.put("ANSIBLE_GALAXY_SERVER_MINE_URL", "https://hub.example/");
    environment.put("ANSIBLE_GALAXY_SERVER_MINE_TOKEN", "t0ken");
    environment.put("ANSIBLE_GALAXY_SERVER_ITS_TOKEN", "t0ken");
    environment.put(Boundary.VARIABLE, "1");
    assertThat(servers())
        .extracting(server -> server.url().getHost(), ConfiguredServer::login)
        .containsExactly(
            tuple("hub.example", new Login.Token("t0ken")),
            tuple("evil.example", new Login.Anonymous()));
  }

  @Test
  void servers_come_in_the_order_of_the_list_with_their_settings() {
    file(
        "ansible.cfg",
        """
        # comment
        [galaxy]
        server_list = hub, "mirror" ; inline
        [galaxy_server.hub]
        URL: https://hub.example/api/galaxy/
        token = 't0ken'
        timeout = 5
        [galaxy_server.mirror]
        url = https://mirror.example
        username = me
        password = pw;d
        """);
    environment.put("ANSIBLE_GALAXY_SERVER_MIRROR_PASSWORD", "from the environment");
    assertThat(servers())
        .map(ConfiguredServer::name, s -> s.url().toString(), ConfiguredServer::login)
        .containsExactly(
            tuple("hub", "https://hub.example/api/galaxy/", new Login.Token("t0ken")),
            tuple(
                "mirror",
                "https://mirror.example/",
                new Login.Password("me", "from the environment")));
    assertThat(servers())
        .map(ConfiguredServer::timeout)
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(60));
    assertThat(servers().toString()).doesNotContain("t0ken", "from the environment");
  }

  @Test
  void the_environment_wins_over_the_file() {
    file("ansible.cfg", "[galaxy]\nserver_list = a\n[galaxy_server.a]\nurl = https://a.example\n");
    environment.put("ANSIBLE_GALAXY_SERVER_LIST", "b");
    environment.put("ANSIBLE_GALAXY_SERVER_B_URL", "https://b.example/api");
    assertThat(servers()).map(s -> s.url().toString()).containsExactly("https://b.example/api/");
  }

  @Test
  void one_server_takes_the_token_that_ansible_galaxy_keeps() {
    file("home/.ansible/galaxy_token", "token: k3pt\n");
    environment.put("ANSIBLE_GALAXY_SERVER", "https://one.example");
    assertThat(servers()).map(ConfiguredServer::login).containsExactly(new Login.Token("k3pt"));
    environment.put("ANSIBLE_GALAXY_TOKEN_PATH", project.resolve("other").toString());
    assertThat(servers()).map(ConfiguredServer::login).containsExactly(new Login.Anonymous());
  }

  @Test
  void a_login_in_the_url_is_used_and_not_shown() {
    environment.put("ANSIBLE_GALAXY_SERVER", "https://me:s3cret@one.example/x");
    var server = servers().getFirst();
    assertThat(server.login()).isEqualTo(new Login.Password("me", "s3cret"));
    assertThat(server.url()).hasToString("https://one.example/x/");
    assertThat(server.toString() + server.name()).doesNotContain("s3cret");
  }

  @Test
  void a_configuration_that_anybody_could_have_written_is_not_read() throws Exception {
    file("ansible.cfg", "[galaxy]\nserver = https://evil.example\n");
    Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(servers()).map(s -> s.url().getHost()).doesNotContain("evil.example");
  }

  @Test
  void what_is_not_supported_is_refused_and_not_passed_over() {
    environment.put("ANSIBLE_GALAXY_SERVER_LIST", "a");
    assertThatThrownBy(this::servers)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("[galaxy_server.a] url")
        .hasMessageContaining("ANSIBLE_GALAXY_SERVER_A_URL");

    environment.put("ANSIBLE_GALAXY_SERVER_A_URL", "ftp://me:pw@a.example");
    assertThatThrownBy(this::servers)
        .isInstanceOf(InvalidInput.class)
        .hasMessageNotContaining("pw@");

    environment.put("ANSIBLE_GALAXY_SERVER_A_URL", "https://a.example");
    environment.put("ANSIBLE_GALAXY_SERVER_A_VALIDATE_CERTS", "no");
    assertThatThrownBy(this::servers).hasMessageContaining("SSL_CERT_FILE");

    environment.remove("ANSIBLE_GALAXY_SERVER_A_VALIDATE_CERTS");
    environment.put("ANSIBLE_GALAXY_SERVER_A_AUTH_URL", "https://sso.example");
    assertThatThrownBy(this::servers).hasMessageContaining("needs a `token` or a `client_secret`");
  }

  @Test
  void a_broken_configuration_is_named_with_its_line() {
    file("ansible.cfg", "\nserver = x\n");
    assertThatThrownBy(this::servers)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("ansible.cfg:2");
  }
}
