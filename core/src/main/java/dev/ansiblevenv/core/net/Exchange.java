package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// One attempt at a request, redirects included.
final class Exchange {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> RETRIED = Set.of(429, 500, 502, 503, 504);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  static {
    // Without this Java never sends a password to a proxy for an https address. The proxy that the
    // user names with a password in its URL is meant to get it. Read once by the client's classes.
    if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }
  }

  private final Map<String, String> environment;
  private final Duration patience;
  private final ProxySettings proxies;
  private @Nullable HttpClient client;
  private @Nullable Netrc netrc;

  Exchange(Map<String, String> environment, Duration patience) {
    this.environment = Map.copyOf(environment);
    this.patience = patience;
    this.proxies = new ProxySettings(environment);
  }

  Optional<ProxyServer> proxyFor(URI uri) {
    return proxies.proxyFor(uri);
  }

  /// @param most bytes of a body, decompressed
  /// @throws Unavailable for a status that another attempt may change
  /// @throws IOException when the connection failed, anywhere up to the body's end
  <T> T perform(Request request, long most, ReplyReader<T> reader)
      throws IOException, InterruptedException {
    for (var redirects = 0; ; redirects++) {
      var response = client().send(prepared(request), HttpResponse.BodyHandlers.ofInputStream());
      var uri = withoutUserInfo(request.uri());
      try (var body = new StallGuard(response.body(), patience)) {
        var status = response.statusCode();
        if (RETRIED.contains(status)) {
          throw new Unavailable(uri, status, response.headers());
        }
        var location = response.headers().firstValue("Location");
        if (!REDIRECTS.contains(status) || location.isEmpty() || request.form().isPresent()) {
          var decoded = new BoundedBody(decoded(response.headers(), body), uri, most);
          return reader.read(status, uri, response.headers(), decoded);
        }
        if (redirects == MOST_REDIRECTS) {
          throw NetworkFailure.givenUp(
              uri, 1, "more than " + MOST_REDIRECTS + " redirects", proxyFor(uri), null);
        }
        request = redirected(request, uri, location.get());
      }
    }
  }

  private HttpRequest prepared(Request request) {
    var uri = request.uri();
    checkScheme(uri);
    var builder =
        HttpRequest.newBuilder(withoutUserInfo(uri))
            .timeout(patience)
            .setHeader("User-Agent", "ansible-venv");
    if (uri.getScheme().equalsIgnoreCase("http")) {
      // The offer to upgrade to HTTP/2 irritates old servers and proxies.
      builder.version(HttpClient.Version.HTTP_1_1);
    }
    Credentials.in(uri)
        .or(() -> netrc().forHost(uri.getHost()))
        .ifPresent(login -> builder.setHeader("Authorization", login.basic()));
    request.headers().forEach(builder::setHeader);
    request.form().ifPresent(form -> builder.POST(HttpRequest.BodyPublishers.ofString(form)));
    proxyFor(uri)
        .flatMap(ProxyServer::credentials)
        .ifPresent(login -> builder.setHeader("Proxy-Authorization", login.basic()));
    return builder.build();
  }

  private static boolean isWeb(URI uri) {
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
  }

  private static void checkScheme(URI uri) {
    if (!isWeb(uri)) {
      throw new UsageFailure(
          "is not an http or https address", Redacted.text(uri.toString()), "", "");
    }
  }

  private Request redirected(Request request, URI from, String location) {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw NetworkFailure.givenUp(from, 1, "it redirects to what is no URL", proxyFor(from), e);
    }
    if (!isWeb(to)
        || (from.getScheme().equalsIgnoreCase("https")
            && to.getScheme().equalsIgnoreCase("http"))) {
      throw NetworkFailure.givenUp(
          from,
          1,
          "it redirects from " + from.getScheme() + " to " + Redacted.text(to.toString()),
          proxyFor(from),
          null);
    }
    if (sameOrigin(from, to)) {
      var login = Credentials.in(request.uri());
      var next = new Request(to, request.headers());
      return login.isPresent() && !hasAuthorization(request)
          ? next.with("Authorization", login.get().basic())
          : next;
    }
    return withoutAuthorization(new Request(to, request.headers()));
  }

  private static boolean hasAuthorization(Request request) {
    return request.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
  }

  private static Request withoutAuthorization(Request request) {
    var kept =
        request.headers().entrySet().stream()
            .filter(header -> !header.getKey().equalsIgnoreCase("Authorization"))
            .filter(header -> !header.getKey().equalsIgnoreCase("Cookie"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Request(request.uri(), kept);
  }

  private static boolean sameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost().equalsIgnoreCase(b.getHost())
        && a.getPort() == b.getPort();
  }

  private static URI withoutUserInfo(URI uri) {
    if (uri.getRawUserInfo() == null) {
      return uri;
    }
    var text = uri.toString();
    return URI.create(text.replaceFirst("://[^/?#]*@", "://"));
  }

  private static InputStream decoded(HttpHeaders headers, InputStream body) throws IOException {
    var gzip = headers.firstValue("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent();
    return gzip ? new GZIPInputStream(body) : body;
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT_TIMEOUT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(proxies)
              .sslContext(new TrustedCertificates(environment).context())
              .build();
    }
    return client;
  }

  private synchronized Netrc netrc() {
    if (netrc == null) {
      netrc = Netrc.of(environment);
    }
    return netrc;
  }

  /// A server that says that it cannot answer now.
  static final class Unavailable extends IOException {

    private static final long serialVersionUID = 1L;

    final URI uri;
    final transient HttpHeaders headers;

    Unavailable(URI uri, int status, HttpHeaders headers) {
      super("the server answers " + status);
      this.uri = uri;
      this.headers = headers;
    }
  }
}
