package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.core.net.Http;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One client a server for as long as a command lasts, so that connections are kept alive. Thread
/// safe.
public final class GalaxyClients {

  private final GalaxyServers servers;
  private final Function<Duration, Http> http;
  private final Map<Duration, Http> connections = new ConcurrentHashMap<>();
  private final Map<URI, GalaxyClient> clients = new ConcurrentHashMap<>();

  /// @param http makes the HTTP client that waits so long for an answer to begin
  public GalaxyClients(GalaxyServers servers, Function<Duration, Http> http) {
    this.servers = servers;
    this.http = http;
  }

  /// The configured servers, an earlier one before a later one.
  public List<GalaxyClient> configured() {
    return servers.servers().stream().map(this::client).toList();
  }

  /// The configured server that goes by this name or URL.
  public Optional<GalaxyClient> configured(String nameOrUrl) {
    return servers.find(nameOrUrl).map(this::client);
  }

  /// The server with this URL: configured, and then with its login, or not.
  ///
  /// @param where who names it, for the error when it is no URL
  public GalaxyClient at(String url, String where) {
    return configured(url).orElseGet(() -> client(GalaxyServers.unlisted(url, where)));
  }

  /// Empty where collections need no signature.
  public Optional<SignatureRules> signatures() {
    return servers.signatures();
  }

  /// For what comes from elsewhere than a Galaxy server.
  public Http http() {
    return connections.computeIfAbsent(GalaxyServers.defaultTimeout(), http);
  }

  private GalaxyClient client(ConfiguredServer server) {
    return clients.computeIfAbsent(
        server.url(),
        _ -> new GalaxyClient(server, connections.computeIfAbsent(server.timeout(), http)));
  }
}
