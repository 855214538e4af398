package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.ansiblevenv.core.run.HostStats;
import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import dev.ansiblevenv.orchestration.deploy.VenvMetadata;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a run ended: after the playbook's own recap two lines are enough. `docs/schema/result.json`
/// describes the document.
public record ResultView(VenvExecutionResult result) implements View {

  private static final int MILLIS_A_SECOND = 1000;

  @Override
  public Map<String, Object> document() {
    var stats = new LinkedHashMap<String, Object>();
    result.stats().forEach((host, numbers) -> stats.put(host, stats(numbers)));
    return object(
        "success", result.success(),
        "result_code", result.resultCode(),
        "venv_name", result.venvName(),
        "run_id", result.runId(),
        "venv_metadata", metadata(result.venvMetadata()),
        "messages", result.messages(),
        "existing_metadata", result.existingMetadata().map(ResultView::metadata).orElse(null),
        "stats", stats,
        "duration_seconds", (double) result.duration().toMillis() / MILLIS_A_SECOND,
        "error", result.error().orElse(null));
  }

  @Override
  public String text() {
    var venv = result.venvMetadata();
    return (result.success() ? "Ran" : "Failed")
        + " in "
        + Elapsed.of(result.duration())
        + " on `"
        + venv.host()
        + "` (run `"
        + result.runId()
        + "`)\n  venv `"
        + venv.name()
        + "`, "
        + (result.existingMetadata().isPresent() ? "found there" : "new")
        + ": Python "
        + venv.python()
        + ", ansible-core "
        + venv.ansibleCore()
        + "\n";
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

  private static Map<String, Object> stats(HostStats stats) {
    return object(
        "ok", stats.ok(),
        "changed", stats.changed(),
        "failed", stats.failed(),
        "unreachable", stats.unreachable(),
        "skipped", stats.skipped(),
        "rescued", stats.rescued(),
        "ignored", stats.ignored());
  }
}
