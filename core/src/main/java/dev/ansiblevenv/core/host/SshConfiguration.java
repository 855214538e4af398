package dev.ansiblevenv.core.host;

import dev.ansiblevenv.core.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What `ssh` would go by for one host, after all its files, patterns and arguments.
///
/// @param values by keyword in lower case; of one that is there several times the first
record SshConfiguration(Map<String, String> values) {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Asks `ssh` itself, which takes 6 ms.
  ///
  /// @return empty values when `ssh` refuses the configuration
  static SshConfiguration of(SshDestination destination, Map<String, String> environment)
      throws IOException {
    var command = new ArrayList<>(List.of("ssh", "-G"));
    command.addAll(destination.options());
    command.addAll(List.of("--", destination.address()));
    return new SshConfiguration(
        new Program(command, environment, Path.of("/"))
            .run(LIMIT)
            .output()
            .lines()
            .filter(line -> line.contains(" "))
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, later) -> first)));
  }

  /// Empty where it is not set, or to `none`.
  String value(String keyword) {
    var value = values.getOrDefault(keyword, "");
    return value.equals("none") ? "" : value;
  }
}
