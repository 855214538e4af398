package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.run.HostStats;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.orchestration.follow.RunReport;
import dev.ansiblevenv.orchestration.project.BroughtFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How running a playbook in a venv ended.
///
/// @param venvMetadata the venv the playbook ran in
/// @param messages what was done on the way, in order
/// @param existingMetadata the venv that was found before; empty when it was built by this call
/// @param files what the run wrote beside its playbook on another machine, and what came of it
/// @param report the run as the host has it on record: when it began and ended, how long its tasks
///   took; without a result where it was left and goes on, which counts as success
public record VenvExecutionResult(
    String venvName,
    VenvMetadata venvMetadata,
    List<String> messages,
    Optional<VenvMetadata> existingMetadata,
    RunReport report,
    BroughtFiles files) {

  VenvExecutionResult bringing(BroughtFiles brought) {
    return new VenvExecutionResult(
        venvName, venvMetadata, messages, existingMetadata, report, brought);
  }

  /// Whether nothing is known to have gone wrong.
  public boolean success() {
    return report.success();
  }

  /// The exit code of `ansible-playbook`; 0 while the run goes on.
  public int resultCode() {
    return report.result().map(RunResult::code).orElse(0);
  }

  /// The run's name on the host, where its log stays.
  public String runId() {
    return report.run().text();
  }

  /// Per host of the play recap.
  public Map<String, HostStats> stats() {
    return report.result().map(RunResult::stats).orElse(Map.of());
  }

  /// Zero while the run goes on.
  public Duration duration() {
    return report.result().map(RunResult::duration).orElse(Duration.ZERO);
  }

  /// Why [#success] is false although [#resultCode] may be 0: for example no host matched.
  public Optional<String> error() {
    return report.error();
  }

  /// Whether the run was left and goes on; nothing is known yet of how it ends.
  public boolean detached() {
    return report.result().isEmpty();
  }
}
