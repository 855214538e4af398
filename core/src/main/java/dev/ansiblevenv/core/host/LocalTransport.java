package dev.ansiblevenv.core.host;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// This machine as a host: the same command, the same streams, no network.
///
/// @param host the name under which the user knows this machine, such as `localhost`
/// @param environment of the shell; `HOME` decides where the store lies, `PATH` which Pythons exist
public record LocalTransport(String host, Map<String, String> environment) implements Transport {

  public LocalTransport {
    environment = Map.copyOf(environment);
  }

  @Override
  public Process start(String command) throws IOException {
    var builder = new ProcessBuilder(List.of("/bin/sh", "-c", command));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
