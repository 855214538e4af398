package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.core.session.RunListing;
import dev.ansiblevenv.orchestration.run.RunsOfHost;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/// The runs of a host, the newest last. `docs/schema/runs.json` describes the document.
///
/// @param clock for the times of this place
public record RunsView(RunsOfHost host, Clock clock) implements View {

  @Override
  public Map<String, Object> document() {
    return object("hostname", host.hostname(), "runs", objects(host.runs(), RunsView::document));
  }

  static Map<String, Object> document(RunListing run) {
    return object(
        "run_id", run.id().text(),
        "status", run.status(),
        "playbook", run.playbook(),
        "venv_name", run.venv(),
        "started", run.started().toString(),
        "ended", run.ended().map(Instant::toString).orElse(null),
        "result_code", run.isRunning() ? null : run.code());
  }

  @Override
  public String text() {
    if (host.runs().isEmpty()) {
      return "";
    }
    var words = new RunsWords(clock);
    var table = new Table("").row(words.columns().toArray(String[]::new));
    words.rows(host).forEach(row -> table.row(row.toArray(String[]::new)));
    return table.toString();
  }
}
