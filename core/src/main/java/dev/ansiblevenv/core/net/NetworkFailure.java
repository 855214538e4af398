package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// What a person is told when a request is given up.
final class NetworkFailure {

  private NetworkFailure() {}

  static Unresolvable givenUp(
      URI uri, int attempts, String why, Optional<ProxyServer> proxy, @Nullable Throwable cause) {
    var times = attempts == 1 ? "" : " after " + attempts + " attempts";
    var through =
        proxy
            .map(p -> " through the proxy " + p.host() + ":" + p.port() + " (" + p.variable() + ")")
            .orElse("");
    return new Unresolvable(
        "cannot fetch" + times, Redacted.url(uri), why + through, next(cause), cause);
  }

  /// Whether a second try could end differently. A refused certificate stays refused.
  static boolean isTransient(IOException failure) {
    return !(failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException);
  }

  static String describe(IOException failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _ -> "the connection timed out";
      case HttpTimeoutException e -> "the server does not answer: " + e.getMessage();
      case SSLException e -> "TLS: " + Redacted.text(String.valueOf(e.getMessage()));
      case ConnectException e when hasUnresolvedAddress(e) -> "the host name cannot be resolved";
      case ConnectException _ -> "the connection was refused";
      default -> Redacted.text(String.valueOf(deepestMessage(failure)));
    };
  }

  private static String next(@Nullable Throwable cause) {
    return cause instanceof SSLHandshakeException
        ? "if the server's certificate is signed by your own authority, name its PEM file in"
            + " SSL_CERT_FILE"
        : "check the address, the network and the proxy settings (HTTPS_PROXY, NO_PROXY)";
  }

  private static boolean hasUnresolvedAddress(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String deepestMessage(Throwable failure) {
    var message = failure.toString();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getMessage() != null) {
        message = t.getMessage();
      }
    }
    return message;
  }
}
