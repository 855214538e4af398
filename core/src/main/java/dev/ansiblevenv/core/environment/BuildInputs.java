package dev.ansiblevenv.core.environment;

import dev.ansiblevenv.core.tool.Uv;
import java.nio.file.Path;
import java.util.Map;

/// What a build needs beside the lock. Made only when something has to be built.
///
/// @param uv an executable for the host's platform, which may not be this machine's
/// @param tarballs the lock's collections by their SHA-256
/// @param settings environment variables for uv: indexes, proxies, CA files (`UV_*`,
///   `SSL_CERT_FILE`, `HTTPS_PROXY` and the like). May hold credentials: they go through the stream
///   into uv's environment and nowhere else
public record BuildInputs(Uv uv, Map<String, Path> tarballs, Map<String, String> settings) {

  public BuildInputs {
    tarballs = Map.copyOf(tarballs);
    settings = Map.copyOf(settings);
  }

  /// Names no setting's value: they may be secrets.
  @Override
  public String toString() {
    return "BuildInputs[uv=%s, tarballs=%d, settings=%s]"
        .formatted(uv, tarballs.size(), settings.keySet());
  }
}
