package dev.ansiblevenv.core.net;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One GET, or the POST of a form.
///
/// @param uri absolute, `http` or `https`; user information in it is sent as Basic authorization
///   and never shown
/// @param headers sent with the request; `Authorization` stays with the host that it was given for
/// @param form `application/x-www-form-urlencoded`; may hold secrets, is never shown, and follows
///   no redirect
public record Request(URI uri, Map<String, String> headers, Optional<String> form) {

  public Request(URI uri, Map<String, String> headers) {
    this(uri, headers, Optional.empty());
  }

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
    return new Request(uri, all, form);
  }

  /// The same as a POST.
  public Request posting(Map<String, String> fields) {
    var text =
        new TreeMap<>(fields)
            .entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    return new Request(uri, headers, Optional.of(text))
        .with("Content-Type", "application/x-www-form-urlencoded");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return (form.isPresent() ? "POST " : "GET ") + Redacted.url(uri);
  }
}
