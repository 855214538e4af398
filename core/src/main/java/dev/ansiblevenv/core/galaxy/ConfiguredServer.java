package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.core.net.Redacted;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A Galaxy server to ask.
///
/// @param name as `ansible.cfg` calls it; its URL when it has no name there
/// @param url of its API, without credentials, ending in `/`
/// @param login what it is asked with; never shown
/// @param timeout for an answer to begin
public record ConfiguredServer(String name, URI url, Login login, Duration timeout) {

  /// How requests to a server identify themselves.
  public sealed interface Login {

    /// Without any.
    record Anonymous() implements Login {}

    /// `Authorization: Token …`, as Galaxy and Automation Hub issue it.
    record Token(String token) implements Login {
      @Override
      public String toString() {
        return "Token ***";
      }
    }

    /// `Authorization: Bearer …`, with a token that a Keycloak server gives for a short time.
    ///
    /// @param authority where it is asked for
    /// @param clientId at that server
    /// @param secret the client's own, else `refreshToken` is exchanged
    record Keycloak(
        URI authority, String clientId, Optional<String> secret, Optional<String> refreshToken)
        implements Login {
      @Override
      public String toString() {
        return "Bearer ***";
      }
    }

    /// `Authorization: Basic …`.
    record Password(String user, String password) implements Login {
      @Override
      public String toString() {
        return "Basic ***";
      }
    }
  }

  /// How messages and locks call it.
  @Override
  public String toString() {
    var shown = Redacted.url(url);
    return name.equals(url.toString()) ? shown : name + " (" + shown + ")";
  }
}
