package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.run.HostStats;
import dev.ansiblevenv.orchestration.follow.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How running a playbook in a venv ended.
///
/// @param resultCode the exit code of `ansible-playbook`
/// @param runId the run's name on the host, where its log stays
/// @param venvMetadata the venv the playbook ran in
/// @param messages what was done on the way, in order
/// @param existingMetadata the venv that was found before; empty when it was built by this call
/// @param stats per host of the play recap
/// @param error why `success` is false although `resultCode` may be 0: for example no host matched
/// @param report the run as the host has it on record: when it began and ended, how long its tasks
///   took; without a result where it was left and goes on, which counts as success
public record VenvExecutionResult(
    boolean success,
    int resultCode,
    String venvName,
    String runId,
    VenvMetadata venvMetadata,
    List<String> messages,
    Optional<VenvMetadata> existingMetadata,
    Map<String, HostStats> stats,
    Duration duration,
    Optional<String> error,
    RunReport report) {

  /// Whether the run was left and goes on; nothing is known yet of how it ends.
  public boolean detached() {
    return report.result().isEmpty();
  }
}
