package dev.ansiblevenv.core.net;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which proxy the environment asks for: `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`. The
/// lower-case spelling wins over the upper-case one, as in curl, Python and uv.
final class ProxySettings extends ProxySelector {

  private final Map<String, String> environment;
  private final NoProxy exceptions;

  ProxySettings(Map<String, String> environment) {
    this.environment = environment;
    this.exceptions = new NoProxy(value("no_proxy").map(Map.Entry::getValue).orElse(""));
  }

  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the variable that applies to `uri` cannot
  ///   be used; others are not looked at
  Optional<ProxyServer> proxyFor(URI uri) {
    var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    var port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    if (uri.getHost() == null || exceptions.excepts(uri.getHost(), port)) {
      return Optional.empty();
    }
    return value(scheme + "_proxy")
        .or(() -> value("all_proxy"))
        .map(set -> ProxyServer.parse(set.getKey(), set.getValue()));
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(
        proxyFor(uri)
            .map(server -> new Proxy(Proxy.Type.HTTP, server.address()))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException cause) {
    // The request itself reports it.
  }

  private Optional<Map.Entry<String, String>> value(String lowerCase) {
    return List.of(lowerCase, lowerCase.toUpperCase(Locale.ROOT)).stream()
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .findFirst()
        .map(name -> Map.entry(name, environment.getOrDefault(name, "").strip()));
  }
}
