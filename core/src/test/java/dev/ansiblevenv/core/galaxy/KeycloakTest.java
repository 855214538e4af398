package dev.ansiblevenv.core.galaxy;

import static dev.ansiblevenv.core.net.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.LoopbackServer;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeycloakTest {

  @TempDir Path project;
  private final List<String> forms = Collections.synchronizedList(new ArrayList<>());
  private LoopbackServer server;
  private String answer = "{\"access_token\": \"short\", \"expires_in\": 300}";
  private int status = 200;

  @BeforeEach
  void listen() throws IOException {
    server =
        new LoopbackServer(exchange -> {
          switch (exchange.getRequestURI().getPath()) {
            case "/token" -> {
              var body = exchange.getRequestBody().readAllBytes();
              forms.add(
                  exchange.getRequestMethod() + " " + new String(body, StandardCharsets.UTF_8));
              reply(exchange, status, answer);
            }
            case "/api/" -> reply(exchange, 200, "{\"available_versions\": {\"v3\": \"v3/\"}}");
            default -> reply(exchange, 200, "{\"data\": [{\"version\": \"1.0.0\"}]}");
          }
        });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GalaxyClient client(String... settings) throws IOException {
    Files.writeString(
        project.resolve("ansible.cfg"),
        "[galaxy]\nserver_list=hub\n[galaxy_server.hub]\nurl="
            + server.uri("/api/")
            + "\nauth_url="
            + server.uri("/token")
            + "\n"
            + String.join("\n", settings)
            + "\n");
    var servers =
        GalaxyServers.read(
            new ConfigurationLookup(project, project, Map.of("HOME", project.toString()))
                .forProject());
    return new GalaxyClients(servers, _ -> new Http(Map.of())).configured().getFirst();
  }

  @Test
  void a_refresh_token_is_exchanged_once_for_a_bearer_token() throws IOException {
    var client = client("token=long&lived");
    client.versions("acme.web");
    client.versions("acme.base");
    assertThat(forms)
        .containsExactly(
            "POST client_id=cloud-services&grant_type=refresh_token&refresh_token=long%26lived");
    assertThat(server.asked)
        .filteredOn(line -> line.startsWith("/api/"))
        .hasSize(3)
        .allMatch(line -> line.endsWith(" Bearer short"));
    assertThat(client.server().login()).hasToString("Bearer ***");
  }

  @Test
  void a_clients_own_secret_comes_before_a_token() throws IOException {
    client("client_id=me", "client_secret=s3cret", "token=unused").versions("acme.web");
    assertThat(forms)
        .containsExactly(
            "POST client_id=me&client_secret=s3cret&grant_type=client_credentials&scope=api.console");
  }

  @Test
  void a_token_is_renewed_after_two_thirds_of_its_time() {
    var login =
        new ConfiguredServer.Login.Keycloak(
            server.uri("/token"), "me", Optional.empty(), Optional.of("long"));
    var now = new ArrayList<>(List.of(Instant.EPOCH));
    var tokens = new KeycloakTokens(login, new Http(Map.of()), now::getLast);
    tokens.authorization();
    now.add(Instant.ofEpochSecond(199));
    tokens.authorization();
    assertThat(forms).hasSize(1);
    now.add(Instant.ofEpochSecond(200));
    tokens.authorization();
    assertThat(forms).hasSize(2);
  }

  @Test
  void a_refused_login_names_the_login_server_and_no_secret() throws IOException {
    status = 400;
    var client = client("token=long-secret");
    assertThatThrownBy(() -> client.versions("acme.web"))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining(server.uri("/token").toString())
        .hasMessageContaining("it answers 400")
        .hasMessageNotContaining("long-secret");
    status = 200;
    answer = "{}";
    assertThatThrownBy(() -> client.versions("acme.web")).hasMessageContaining("no access_token");
    assertThatThrownBy(this::client)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("needs a `token` or a `client_secret`");
  }
}
