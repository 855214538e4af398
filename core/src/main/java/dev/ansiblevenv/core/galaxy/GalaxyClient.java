package dev.ansiblevenv.core.galaxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ansiblevenv.core.net.Credentials;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.net.ReplyReader;
import dev.ansiblevenv.core.net.Request;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One server's [v3 API](https://github.com/ansible/galaxy_ng): the versions of a collection and
/// what each of them needs. Thread safe; asks for the API's root once.
public final class GalaxyClient {

  private static final int PAGE = 100;
  private static final long LARGEST_TARBALL = 1L << 30;

  private final ConfiguredServer server;
  private final Http http;
  private final @Nullable KeycloakTokens keycloak;
  private @Nullable Map<String, URI> apis;

  public GalaxyClient(ConfiguredServer server, Http http) {
    this.server = server;
    this.http = http;
    this.keycloak =
        server.login() instanceof ConfiguredServer.Login.Keycloak login
            ? new KeycloakTokens(login, http, InstantSource.system())
            : null;
  }

  public ConfiguredServer server() {
    return server;
  }

  /// All versions of a collection, in the server's order; none when it does not have the
  /// collection.
  ///
  /// @param name `namespace.name`
  /// @throws Unresolvable when the server does not answer, refuses, or speaks no v3
  public List<ListedVersion> versions(String name) {
    var all = new ArrayList<ListedVersion>();
    var next = Optional.of(collection(name).resolve("versions/?limit=" + PAGE));
    while (next.isPresent()) {
      var page = get(next.get(), (uri, body) -> new Linked(uri, GalaxyReplies.page(body)));
      if (page.isEmpty()) {
        return List.of();
      }
      all.addAll(page.get().page.versions());
      next = page.get().next();
    }
    return List.copyOf(all);
  }

  /// What one version needs and where its tarball is.
  ///
  /// @throws Unresolvable as [#versions], and when the server has no such version
  public VersionDetail detail(String name, SemanticVersion version) {
    var uri = collection(name).resolve("versions/" + version + "/");
    return get(uri, GalaxyReplies::detail)
        .orElseThrow(() -> failed(uri, "it listed the version and does not have it", ""));
  }

  /// How large the tarball is, asked of the server that holds it; for servers whose detail does not
  /// say.
  public OptionalLong size(URI download) {
    return http.get(
        request(download),
        (status, _, headers, _) ->
            status == 200 ? headers.firstValueAsLong("Content-Length") : OptionalLong.empty());
  }

  /// Fetches a tarball; what arrives is checked, and kept only if it is right.
  ///
  /// @param size as a server declared it, 0 when it did not
  /// @throws Unresolvable when it cannot be had, or is another
  public void download(URI uri, Path target, String sha256, long size) {
    // Twice: servers may count what they compress on the way.
    var most = size > 0 ? Math.min(LARGEST_TARBALL, 2 * size) : LARGEST_TARBALL;
    http.download(request(uri), target, sha256, most);
  }

  /// A GET of `uri` that identifies itself to this server and to no other.
  private Request request(URI uri) {
    var request = Request.of(uri);
    if (!sameHost(uri)) {
      return request;
    }
    return switch (server.login()) {
      case ConfiguredServer.Login.Anonymous _ -> request;
      case ConfiguredServer.Login.Token(var token) ->
          request.with("Authorization", "Token " + token);
      case ConfiguredServer.Login.Keycloak _ when keycloak != null ->
          request.with("Authorization", keycloak.authorization());
      case ConfiguredServer.Login.Keycloak _ -> request;
      case ConfiguredServer.Login.Password(var user, var password) ->
          request.with("Authorization", new Credentials(user, password).basic());
    };
  }

  private boolean sameHost(URI uri) {
    return server.url().getScheme().equals(uri.getScheme())
        && server.url().getAuthority().equals(uri.getAuthority());
  }

  private URI collection(String name) {
    return collections().resolve(name.replace('.', '/') + "/");
  }

  private URI collections() {
    return api("v3").resolve("collections/");
  }

  /// Whether it speaks the API that has roles.
  ///
  /// @throws Unresolvable as [#versions]
  public boolean hasRoles() {
    return apis().containsKey("v1");
  }

  /// @param version such as `v3`
  /// @throws Unresolvable when it does not speak that
  URI api(String version) {
    var found = apis().get(version);
    if (found == null) {
      throw failed(server.url(), "it does not offer the Galaxy API " + version, "");
    }
    return found;
  }

  private synchronized Map<String, URI> apis() {
    if (apis == null) {
      var root = server.url();
      apis = root(root).or(() -> root(root.resolve("api/"))).orElse(Map.of());
    }
    return apis;
  }

  /// A server may be configured by its API's root or by its home page, which answers anything.
  private Optional<Map<String, URI>> root(URI uri) {
    return get(
            uri,
            (at, body) -> {
              try {
                var found = new TreeMap<String, URI>();
                GalaxyReplies.root(body).forEach((name, path) -> found.put(name, at.resolve(path)));
                return found.isEmpty()
                    ? Optional.<Map<String, URI>>empty()
                    : Optional.<Map<String, URI>>of(found);
              } catch (JsonProcessingException e) {
                return Optional.<Map<String, URI>>empty();
              }
            })
        .flatMap(found -> found);
  }

  /// @return empty for 404
  <T> Optional<T> get(URI uri, Reader<T> reader) {
    ReplyReader<Optional<T>> whole =
        (status, from, _, body) -> {
          if (status == 404) {
            return Optional.empty();
          }
          if (status != 200) {
            throw refused(from, status);
          }
          return Optional.of(reader.read(from, body));
        };
    return http.get(request(uri).with("Accept-Encoding", "gzip"), whole);
  }

  private Unresolvable refused(URI uri, int status) {
    return failed(
        uri,
        "it answers " + status,
        status == 401 || status == 403
            ? "give the server a token: [galaxy_server."
                + server.name()
                + "] token in ansible.cfg, or its environment variable"
            : "");
  }

  static Unresolvable failed(URI uri, String why, String next) {
    return new Unresolvable("the Galaxy server is of no use", Redacted.url(uri), why, next);
  }

  @FunctionalInterface
  interface Reader<T> {
    T read(URI from, InputStream body) throws IOException;
  }

  private record Linked(URI uri, GalaxyReplies.Page page) {
    Optional<URI> next() {
      return page.next().map(uri::resolve);
    }
  }
}
