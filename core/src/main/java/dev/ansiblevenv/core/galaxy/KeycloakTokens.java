package dev.ansiblevenv.core.galaxy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.net.Request;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The short-lived tokens of one server's login, asked for as ansible-galaxy does
/// (`galaxy/token.py`): once, and again after two thirds of their time. Thread safe.
final class KeycloakTokens {

  private final ConfiguredServer.Login.Keycloak login;
  private final Http http;
  private final InstantSource clock;
  private String authorization = "";
  private @Nullable Instant until;

  KeycloakTokens(ConfiguredServer.Login.Keycloak login, Http http, InstantSource clock) {
    this.login = login;
    this.http = http;
    this.clock = clock;
  }

  /// The value of an `Authorization` header.
  ///
  /// @throws Unresolvable when the server gives none
  synchronized String authorization() {
    if (until == null || !clock.instant().isBefore(until)) {
      var request = Request.of(login.authority()).posting(form());
      var reply =
          http.get(
              request,
              (status, _, _, body) -> status == 200 ? JSON.std.mapFrom(body) : refuse(status));
      if (!(reply.get("access_token") instanceof String token)
          || !(reply.get("expires_in") instanceof Number seconds)) {
        throw failed("its answer has no access_token with expires_in");
      }
      var type = reply.get("token_type") instanceof String named ? named : "Bearer";
      authorization = type + " " + token;
      until = clock.instant().plusSeconds(seconds.longValue() / 3 * 2);
    }
    return authorization;
  }

  private Map<String, String> form() {
    var form = new TreeMap<String, String>();
    form.put("client_id", login.clientId());
    login
        .secret()
        .ifPresentOrElse(
            secret -> {
              form.put("client_secret", secret);
              form.put("scope", "api.console");
              form.put("grant_type", "client_credentials");
            },
            () -> {
              form.put("refresh_token", login.refreshToken().orElse(""));
              form.put("grant_type", "refresh_token");
            });
    return form;
  }

  private Map<String, Object> refuse(int status) throws IOException {
    throw failed("it answers " + status);
  }

  private Unresolvable failed(String why) {
    return new Unresolvable(
        "the login server gives no token",
        Redacted.url(login.authority()),
        why,
        "check `auth_url`, `client_id` and `token` or `client_secret` of the server");
  }
}
