package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.core.run.HostStats;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import java.util.List;

/// A playbook that ran on one of many hosts.
///
/// @param lastLines the end of what `ansible-playbook` printed; the whole is on the host
public record HostRun(VenvExecutionResult result, List<String> lastLines) {

  private static final HostStats NONE = new HostStats(0, 0, 0, 0, 0, 0, 0);

  public HostRun {
    lastLines = List.copyOf(lastLines);
  }

  /// Over all hosts of the recap: a play may delegate to others.
  public HostStats stats() {
    return result.stats().values().stream().reduce(NONE, HostRun::sum);
  }

  ExitCode verdict() {
    return result.report().exitCode();
  }

  private static HostStats sum(HostStats a, HostStats b) {
    return new HostStats(
        a.ok() + b.ok(),
        a.changed() + b.changed(),
        a.failed() + b.failed(),
        a.unreachable() + b.unreachable(),
        a.skipped() + b.skipped(),
        a.rescued() + b.rescued(),
        a.ignored() + b.ignored());
  }
}
