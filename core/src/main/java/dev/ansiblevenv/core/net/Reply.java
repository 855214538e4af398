package dev.ansiblevenv.core.net;

import java.net.URI;
import java.net.http.HttpHeaders;

/// What a server said, whole, read as UTF-8: metadata.
///
/// @param status never a redirect, nor one of those that were retried until the attempts ran out
/// @param uri where the reply came from after redirects: what relative links in it are relative to
public record Reply(int status, URI uri, HttpHeaders headers, String text) {

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  @Override
  public String toString() {
    return status + " " + Redacted.url(uri);
  }
}
