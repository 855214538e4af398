package dev.ansiblevenv.orchestration;

import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import dev.ansiblevenv.formats.file.Boundary;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// What the operations work with; nothing is read from the process itself.
///
/// @param project the project directory: specs, host records and the inventory lie below it
/// @param workingDirectory absolute; what the caller's relative paths are relative to, and where
///   `ansible-playbook` would be typed by hand
/// @param cache the controller's own directory: tools, downloads, verdicts; may be deleted at any
///   time
/// @param environment the caller's environment variables
/// @param clock gives `created` and `installed_date`
/// @param inventories sources that count instead of all others: absolute paths of files and
///   directories, or lists of hosts with a comma; a run then concerns all their hosts
public record Settings(
    Path project,
    Path workingDirectory,
    Path cache,
    Map<String, String> environment,
    Clock clock,
    List<String> inventories) {

  public Settings {
    inventories = List.copyOf(inventories);
  }

  /// For callers that have no directory of their own, such as a server: they stand in the project.
  public Settings(Path project, Path cache, Map<String, String> environment, Clock clock) {
    this(project, project, cache, environment, clock, List.of());
  }

  /// The same for a project of somebody else: nothing outside of it is read, and no program that it
  /// names is run. See [Boundary].
  public Settings untrusting() {
    return new Settings(
        project, workingDirectory, cache, Boundary.closed(environment), clock, inventories);
  }

  /// Says which `ansible.cfg` counts.
  public ConfigurationLookup configurations() {
    return new ConfigurationLookup(
        project.toAbsolutePath(), workingDirectory.toAbsolutePath(), environment);
  }

  /// Without the environment, which may hold secrets.
  @Override
  public String toString() {
    return "Settings[project=" + project + ", cache=" + cache + "]";
  }
}
