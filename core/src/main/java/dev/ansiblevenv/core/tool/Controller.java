package dev.ansiblevenv.core.tool;

import java.nio.file.Path;
import java.util.Map;

/// The machine that this program runs on, as the user has set it up.
///
/// @param cache this program's cache directory; may be deleted at any time
/// @param environment the user's environment variables, completed from pip's configuration files:
///   see [PipConfiguration]
public record Controller(Path cache, Map<String, String> environment, Platform platform) {

  public Controller {
    environment = Map.copyOf(environment);
  }

  /// @param environment as the process was started with
  public static Controller of(Path cache, Map<String, String> environment) {
    return new Controller(cache, new PipConfiguration(environment).completed(), Platform.current());
  }

  Path tools() {
    return cache.resolve("tools");
  }
}
