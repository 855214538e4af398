package dev.ansiblevenv.orchestration.deploy;

import java.time.Duration;
import java.util.Optional;

/// What `cleanup` may let go on a host.
///
/// @param keepPerPlaybook the newest venvs of each playbook that stay
/// @param unusedFor let go venvs whose last run is longer ago
public record CleanupRequest(
    String host, boolean dryRun, Optional<Integer> keepPerPlaybook, Optional<Duration> unusedFor) {}
