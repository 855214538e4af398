package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// An HTTP proxy as an environment variable names it.
///
/// @param variable the variable that names it, for messages
record ProxyServer(String variable, String host, int port, Optional<Credentials> credentials) {

  /// @param value a URL; without a scheme it is `http`
  /// @throws UsageFailure for what is no URL, and for SOCKS and TLS proxies, which Java's client
  ///   cannot speak to
  static ProxyServer parse(String variable, String value) {
    try {
      var uri = new URI(value.contains("://") ? value : "http://" + value);
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http")) {
        throw new UsageFailure(
            "cannot use a proxy of the kind `" + scheme + "`",
            "environment variable " + variable,
            "only HTTP proxies are supported, for http and https addresses alike",
            "name an `http://` proxy, or except the address with NO_PROXY");
      }
      if (uri.getHost() == null) {
        throw notAUrl(variable);
      }
      var port = uri.getPort() < 0 ? 80 : uri.getPort();
      return new ProxyServer(variable, uri.getHost(), port, Credentials.in(uri));
    } catch (URISyntaxException e) {
      // The exception's message repeats the value, password included.
      throw notAUrl(variable);
    }
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  private static UsageFailure notAUrl(String variable) {
    return new UsageFailure(
        "is not the URL of a proxy",
        "environment variable " + variable,
        "",
        "write `http://host:port` or `http://user:password@host:port`, with special characters in"
            + " the password percent-encoded");
  }
}
