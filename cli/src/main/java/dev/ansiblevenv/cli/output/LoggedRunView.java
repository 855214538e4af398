package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.run.LoggedRun;
import java.util.Map;
import java.util.Optional;

/// The run whose log was shown: the last line behind its events.
public record LoggedRunView(LoggedRun logged) implements View {

  @Override
  public Map<String, Object> document() {
    var document = RunsView.document(logged.run());
    document.put("host", logged.host());
    return document;
  }

  @Override
  public String text() {
    return "";
  }

  /// Besides the log, which is printed as it is.
  public Optional<String> hint() {
    return RunReportView.written(logged.run().filesWritten(), logged.run().id())
        .map(text -> "the run wrote " + text);
  }
}
