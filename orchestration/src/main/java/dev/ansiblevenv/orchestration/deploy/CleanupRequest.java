package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import java.time.Duration;
import java.util.Optional;

/// What `cleanup` may let go on a host.
///
/// @param keepPerPlaybook the newest venvs of each playbook that stay; empty for what the
///   configuration says, else [ProjectConfiguration#DEFAULT_VENVS_KEPT]
/// @param unusedFor let go venvs whose last run is longer ago; empty for what the configuration
///   says, else none
public record CleanupRequest(
    String host, boolean dryRun, Optional<Integer> keepPerPlaybook, Optional<Duration> unusedFor) {

  /// The request wins over the configuration.
  CleanupRequest completedBy(ProjectConfiguration configuration) {
    return new CleanupRequest(
        host,
        dryRun,
        keepPerPlaybook
            .or(configuration::keep)
            .or(() -> Optional.of(ProjectConfiguration.DEFAULT_VENVS_KEPT)),
        unusedFor.or(configuration::unusedFor));
  }
}
