package dev.ansiblevenv.core.environment;

import dev.ansiblevenv.core.tool.Uv;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a build needs beside the lock. Made only when something has to be built.
///
/// @param uv an executable for the host's platform, which may not be this machine's
/// @param tarballs the lock's collections by their SHA-256
/// @param settings environment variables of uv here. Those that name an index, a proxy or CA files
///   go to the host; what concerns this machine only, such as `PATH` and caches, stays. May hold
///   credentials: they go through the stream into uv's environment and nowhere else
public record BuildInputs(Uv uv, Map<String, Path> tarballs, Map<String, String> settings) {

  public BuildInputs {
    tarballs = Map.copyOf(tarballs);
    settings = Map.copyOf(settings);
  }

  private static final Pattern FOR_THE_HOST =
      Pattern.compile(
          "UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|INDEX_\\w+|FIND_LINKS|INSECURE_HOST"
              + "|KEYRING_PROVIDER|SYSTEM_CERTS|NATIVE_TLS|OFFLINE|HTTP_\\w+|REQUEST_TIMEOUT"
              + "|CONCURRENT_\\w+)|SSL_CERT_(FILE|DIR)|SSL_CLIENT_CERT|NETRC"
              + "|(?i:(https?|all|no)_proxy)");

  Map<String, String> settingsForTheHost() {
    var chosen = new TreeMap<>(settings);
    chosen.keySet().removeIf(name -> !FOR_THE_HOST.matcher(name).matches());
    return chosen;
  }

  /// Names no setting's value: they may be secrets.
  @Override
  public String toString() {
    return "BuildInputs[uv=%s, tarballs=%d, settings=%s]"
        .formatted(uv, tarballs.size(), settings.keySet());
  }
}
