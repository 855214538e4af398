package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.fleet.HostRun;
import java.util.List;
import java.util.Map;

/// Runs of a playbook on many hosts.
public record RunWords() implements HostWords<HostRun> {

  @Override
  public Map<String, Object> document(HostRun run) {
    return new ResultView(run.result()).document();
  }

  @Override
  public List<String> columns() {
    return List.of("OK", "CHANGED", "FAILED", "RUN");
  }

  @Override
  public List<List<String>> rows(HostRun run) {
    var stats = run.stats();
    return List.of(
        List.of(
            String.valueOf(stats.ok()),
            String.valueOf(stats.changed()),
            String.valueOf(stats.failed() + stats.unreachable()),
            run.result().runId()));
  }

  @Override
  public String said(HostRun run) {
    if (run.result().detached()) {
      return "run " + run.result().runId() + " goes on";
    }
    var built = run.result().existingMetadata().isPresent() ? "" : ", environment built";
    return "changed="
        + run.stats().changed()
        + built
        + run.result().error().map(error -> ": " + error).orElse("");
  }

  @Override
  public List<String> below(HostRun run) {
    return run.lastLines();
  }
}
