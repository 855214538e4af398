package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.run.LoggedRun;
import java.util.Map;

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
}
