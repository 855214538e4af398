package dev.ansiblevenv.core.environment;

import dev.ansiblevenv.core.agent.Blobs;
import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import dev.ansiblevenv.core.tool.PinnedUv;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a build needs beside the lock. Made only when something has to be built.
///
/// @param uv for the host's platform, which may not be this machine's
/// @param contents gives uv's wheel, the lock's collections and the pushed wheels, once the host
///   asks for them
/// @param settings environment variables of uv here. Those that name an index, a proxy or CA files
///   go to the host; what concerns this machine only, such as `PATH` and caches, stays. May hold
///   credentials: they go through the stream into uv's environment and nowhere else
/// @param pushed empty when the host fetches its packages by itself
public record BuildInputs(
    PinnedUv uv, Blobs.Contents contents, Map<String, String> settings, Optional<Pushed> pushed) {

  /// What makes a host need no index.
  ///
  /// @param python the interpreter that the wheels were chosen for
  /// @param wheels of every package that applies there, one
  public record Pushed(HostPython python, List<Wheel> wheels) {

    public Pushed {
      wheels = List.copyOf(wheels);
    }
  }

  public BuildInputs {
    settings = Map.copyOf(settings);
  }

  /// Of a host that fetches its packages by itself.
  ///
  /// @param files uv's wheel and the lock's collections by their SHA-256
  public BuildInputs(PinnedUv uv, Map<String, Path> files, Map<String, String> settings) {
    this(uv, wanted -> files, settings, Optional.empty());
  }

  /// Stays here: `UV_FIND_LINKS`, `NETRC` and `SSL_CLIENT_CERT`, files of this machine;
  /// `UV_KEYRING_PROVIDER`, a program of it; `UV_OFFLINE`, which says something of this machine's
  /// network. CA files are paths, too, but where a company has its own they lie at the same place
  /// everywhere, and uv passes over one that is not there.
  private static final Pattern FOR_THE_HOST =
      Pattern.compile(
          "UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|INDEX_\\w+|INSECURE_HOST"
              + "|SYSTEM_CERTS|NATIVE_TLS|HTTP_\\w+|REQUEST_TIMEOUT|CONCURRENT_\\w+)"
              + "|SSL_CERT_(FILE|DIR)|(?i:(https?|all|no)_proxy)");

  /// A host that is pushed to gets no way to a network, and no login for one.
  Map<String, String> settingsForTheHost() {
    if (pushed.isPresent()) {
      return Map.of();
    }
    var chosen = new TreeMap<>(settings);
    chosen.keySet().removeIf(name -> !FOR_THE_HOST.matcher(name).matches());
    return chosen;
  }

  /// Names no setting's value: they may be secrets.
  @Override
  public String toString() {
    return "BuildInputs[uv=%s, settings=%s, pushed=%s]"
        .formatted(uv.version(), settings.keySet(), pushed.isPresent());
  }
}
