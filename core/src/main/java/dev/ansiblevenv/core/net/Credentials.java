package dev.ansiblevenv.core.net;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A user name and a password or token for one server. Never shows itself.
///
/// @param password empty for a bare token given as the user name
public record Credentials(String user, String password) {

  /// The user information of a URL, percent-decoded.
  public static Optional<Credentials> in(URI uri) {
    var info = uri.getRawUserInfo();
    if (info == null || info.isEmpty()) {
      return Optional.empty();
    }
    var colon = info.indexOf(':');
    return Optional.of(
        colon < 0
            ? new Credentials(decoded(info), "")
            : new Credentials(
                decoded(info.substring(0, colon)), decoded(info.substring(colon + 1))));
  }

  /// The value of an `Authorization` header, [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617).
  public String basic() {
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "***";
  }

  private static String decoded(String text) {
    // URLDecoder is made for forms, where a plus sign stands for a space; in a URL it is itself.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
