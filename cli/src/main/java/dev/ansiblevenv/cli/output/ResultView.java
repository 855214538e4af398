package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import dev.ansiblevenv.orchestration.deploy.VenvMetadata;
import dev.ansiblevenv.orchestration.project.BroughtFiles;
import java.util.List;
import java.util.Map;

/// How a run ended: after the playbook's own recap two lines are enough. `docs/schema/result.json`
/// describes the document.
public record ResultView(VenvExecutionResult result) implements View {

  private static final int SHOWN = 5;

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
            "files", files(result.files()),
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
        + run.slowest()
        + brought(result.files());
  }

  private static Map<String, Object> files(BroughtFiles files) {
    return object(
        "total", files.total(),
        "brought", files.brought(),
        "left", JsonDocument.objects(files.left(), FilesView::left));
  }

  /// At most two lines.
  private static String brought(BroughtFiles files) {
    return line("brought", files.brought())
        + line("left on the host", files.left().stream().map(BroughtFiles.Left::path).toList());
  }

  private static String line(String what, List<String> paths) {
    if (paths.isEmpty()) {
      return "";
    }
    var shown = String.join(", ", paths.subList(0, Math.min(paths.size(), SHOWN)));
    var more = paths.size() - SHOWN;
    return "  " + what + ": " + shown + (more > 0 ? " and " + more + " more" : "") + "\n";
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
