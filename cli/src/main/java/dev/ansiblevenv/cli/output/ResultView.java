package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import dev.ansiblevenv.orchestration.deploy.VenvMetadata;
import java.util.Map;

/// How a run ended: after the playbook's own recap two lines are enough. `docs/schema/result.json`
/// describes the document.
public record ResultView(VenvExecutionResult result) implements View {

  @Override
  public Map<String, Object> document() {
    var document =
        object(
            "success", result.success(),
            "result_code", result.resultCode(),
            "venv_name", result.venvName(),
            "run_id", result.runId(),
            "venv_metadata", metadata(result.venvMetadata()),
            "messages", result.messages(),
            "existing_metadata", result.existingMetadata().map(ResultView::metadata).orElse(null),
            "stats", RunReportView.stats(result.stats()),
            "duration_seconds", RunReportView.seconds(result.duration()),
            "error", result.error().orElse(null));
    new RunReportView(result.report()).document().forEach(document::putIfAbsent);
    return document;
  }

  @Override
  public String text() {
    var run = new RunReportView(result.report());
    if (result.detached()) {
      return run.goesOn();
    }
    var venv = result.venvMetadata();
    return run.heading()
        + "\n  venv `"
        + venv.name()
        + "`, "
        + (result.existingMetadata().isPresent() ? "found there" : "new")
        + ": Python "
        + venv.python()
        + ", ansible-core "
        + venv.ansibleCore()
        + "\n"
        + run.slowest();
  }

  private static Map<String, Object> metadata(VenvMetadata venv) {
    return object(
        "name", venv.name(),
        "host", venv.host(),
        "path", venv.path(),
        "environment", venv.environment(),
        "python", venv.python(),
        "ansible_core", venv.ansibleCore(),
        "collections", venv.collections(),
        "installed_date", ISO_LOCAL_DATE_TIME.format(venv.installedDate()));
  }
}
