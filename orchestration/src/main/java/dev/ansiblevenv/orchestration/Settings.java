package dev.ansiblevenv.orchestration;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// What the operations work with; nothing is read from the process itself.
///
/// @param project the project directory: specs, host records and the inventory lie below it
/// @param cache the controller's own directory: tools, downloads, verdicts; may be deleted at any
///   time
/// @param environment the caller's environment variables
/// @param clock gives `created` and `installed_date`
public record Settings(Path project, Path cache, Map<String, String> environment, Clock clock) {

  /// Without the environment, which may hold secrets.
  @Override
  public String toString() {
    return "Settings[project=" + project + ", cache=" + cache + "]";
  }
}
