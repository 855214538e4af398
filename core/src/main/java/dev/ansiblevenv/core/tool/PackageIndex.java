package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.net.Credentials;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.net.Request;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Python package index that speaks the [simple repository
/// API](https://packaging.python.org/en/latest/specifications/simple-repository-api/).
///
/// @param uri with a trailing slash; may hold credentials
/// @param origin what names it: a variable, or that it is the default
/// @param login that goes to the index's own host alone
public record PackageIndex(URI uri, String origin, Optional<Credentials> login) {

  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]+)=([a-z]+:.*)");

  /// @param url as the user wrote it; uv's form `name=url` is understood, and the login that uv
  ///   then takes from `UV_INDEX_<NAME>_USERNAME` and `_PASSWORD`
  static PackageIndex parse(String url, String origin, Map<String, String> environment) {
    try {
      var named = NAMED.matcher(url);
      var bare = named.matches() ? named.group(2) : url;
      var uri = new URI(bare.endsWith("/") ? bare : bare + "/");
      if (uri.getHost() == null) {
        throw notAUrl(origin);
      }
      var login = Credentials.in(uri);
      return new PackageIndex(
          uri,
          origin,
          named.matches() ? login.or(() -> login(named.group(1), environment)) : login);
    } catch (URISyntaxException e) {
      // The exception's message repeats the value, password included.
      throw notAUrl(origin);
    }
  }

  /// The page of one project.
  ///
  /// @param project normalised as PEP 503 says
  URI project(String project) {
    return uri.resolve(project + "/");
  }

  /// Whether a file lies where the index's login belongs to.
  boolean isOn(URI file) {
    return uri.getScheme().equalsIgnoreCase(file.getScheme())
        && uri.getHost().equalsIgnoreCase(file.getHost())
        && uri.getPort() == file.getPort();
  }

  /// The index's own login goes along when the file lies on the index's own host.
  Request request(URI file) {
    var request = Request.of(file);
    return login.isPresent() && isOn(file) && file.getRawUserInfo() == null
        ? request.with("Authorization", login.get().basic())
        : request;
  }

  private static Optional<Credentials> login(String name, Map<String, String> environment) {
    var prefix = "UV_INDEX_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    var user = environment.getOrDefault(prefix + "_USERNAME", "");
    var password = environment.getOrDefault(prefix + "_PASSWORD", "");
    return user.isEmpty() && password.isEmpty()
        ? Optional.empty()
        : Optional.of(new Credentials(user, password));
  }

  @Override
  public String toString() {
    return Redacted.url(uri) + " (" + origin + ")";
  }

  private static UsageFailure notAUrl(String origin) {
    return new UsageFailure(
        "does not name a package index", origin, "", "write `https://host/path/simple`");
  }
}
