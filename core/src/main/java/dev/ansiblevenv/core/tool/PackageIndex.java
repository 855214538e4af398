package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.net.URI;
import java.net.URISyntaxException;

/// A Python package index that speaks the [simple repository
/// API](https://packaging.python.org/en/latest/specifications/simple-repository-api/).
///
/// @param uri with a trailing slash; may hold credentials
/// @param origin what names it: a variable, or that it is the default
public record PackageIndex(URI uri, String origin) {

  /// @param url as the user wrote it; uv's form `name=url` is understood
  static PackageIndex parse(String url, String origin) {
    try {
      var bare = url.replaceFirst("^[A-Za-z0-9._-]+=(?=[a-z]+:)", "");
      var uri = new URI(bare.endsWith("/") ? bare : bare + "/");
      if (uri.getHost() == null) {
        throw notAUrl(origin);
      }
      return new PackageIndex(uri, origin);
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

  @Override
  public String toString() {
    return Redacted.url(uri) + " (" + origin + ")";
  }

  private static UsageFailure notAUrl(String origin) {
    return new UsageFailure(
        "does not name a package index", origin, "", "write `https://host/path/simple`");
  }
}
