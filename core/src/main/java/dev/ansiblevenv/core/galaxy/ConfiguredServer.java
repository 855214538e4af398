package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.core.net.Redacted;
import java.net.URI;
import java.time.Duration;

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
