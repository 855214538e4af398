package dev.ansiblevenv.core.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The addresses that `NO_PROXY` excepts: comma-separated host names (each stands for its
/// subdomains too, with or without a leading dot), IP addresses, networks (`10.0.0.0/8`), each
/// optionally with `:port`; `*` for all. curl, pip and uv agree on these.
final class NoProxy {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final List<String> entries;

  NoProxy(String value) {
    entries =
        Arrays.stream(value.split(",", -1))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList();
  }

  /// @param host as a URI gives it, an IPv6 address in brackets
  /// @param port the effective one
  boolean excepts(String host, int port) {
    var bare = unbracketed(host.toLowerCase(Locale.ROOT));
    return entries.stream().anyMatch(entry -> matches(entry, bare, port));
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.contains("/")) {
      return inNetwork(entry, host);
    }
    var name = entry;
    var colon = entry.lastIndexOf(':');
    var hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    if (hasPort) {
      if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    name = unbracketed(name);
    if (ADDRESS.matcher(name).matches() && ADDRESS.matcher(host).matches()) {
      return Arrays.equals(address(name), address(host));
    }
    var domain = name.startsWith("*.") ? name.substring(2) : name.replaceFirst("^\\.", "");
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static boolean inNetwork(String network, String host) {
    var slash = network.indexOf('/');
    var prefix = network.substring(slash + 1);
    if (!ADDRESS.matcher(host).matches() || !prefix.matches("[0-9]{1,3}")) {
      return false;
    }
    var base = address(network.substring(0, slash));
    var other = address(host);
    var bits = Integer.parseInt(prefix);
    if (base.length == 0 || base.length != other.length || bits > base.length * 8) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      if (((base[bit / 8] ^ other[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Empty for what is no address; only called with text that cannot be a name, so nothing is
  /// looked up.
  private static byte[] address(String literal) {
    try {
      return ADDRESS.matcher(literal).matches()
          ? InetAddress.ofLiteral(literal).getAddress()
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
