package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.orchestration.run.CancelledRun;
import java.util.List;
import java.util.Map;

/// How a run ended that was to be cancelled.
public record CancelledRunView(CancelledRun cancelled) implements View {

  @Override
  public Map<String, Object> document() {
    var document = new RunReportView(cancelled.report()).document();
    document.put("was_running", cancelled.wasRunning());
    document.put("survivors", survivors());
    return document;
  }

  @Override
  public String text() {
    var report = cancelled.report();
    return "Run `"
        + report.run()
        + "` on `"
        + report.host()
        + "` "
        + (cancelled.wasRunning() ? "has ended: " : "was over: ")
        + report.status()
        + (survivors().isEmpty() ? "" : "; still alive: processes " + survivors())
        + "\n";
  }

  private List<Long> survivors() {
    return cancelled.report().result().map(RunResult::survivors).orElse(List.of());
  }
}
