package dev.ansiblevenv.core.net;

import java.net.URI;
import java.util.regex.Pattern;

/// URLs and texts as they may be shown: without credentials.
public final class Redacted {

  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]*(?:@[^/\\s@]*)*@");

  private Redacted() {}

  /// The URL without user information, query and fragment: signed download links carry their secret
  /// in the query.
  public static String url(URI uri) {
    var authority = uri.getRawAuthority();
    if (authority == null) {
      return uri.getScheme() == null ? uri.getRawPath() : uri.getScheme() + ":…";
    }
    return uri.getScheme()
        + "://"
        + authority.substring(authority.lastIndexOf('@') + 1)
        + uri.getRawPath();
  }

  /// `text` with `***` for the user information of every URL in it.
  public static String text(String text) {
    return USER_INFO.matcher(text).replaceAll("://***@");
  }
}
