package dev.ansiblevenv.core.net;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/// One GET.
///
/// @param uri absolute, `http` or `https`; user information in it is sent as Basic authorization
///   and never shown
/// @param headers sent with the request; `Authorization` stays with the host that it was given for
public record Request(URI uri, Map<String, String> headers) {

  public Request {
    headers = Map.copyOf(headers);
  }

  public static Request of(URI uri) {
    return new Request(uri, Map.of());
  }

  /// This request with one header more.
  public Request with(String header, String value) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put(header, value);
    return new Request(uri, all);
  }

  @Override
  public String toString() {
    return "GET " + Redacted.url(uri);
  }
}
