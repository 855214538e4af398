package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.core.run.FailedTask;
import dev.ansiblevenv.core.run.HostStats;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.TaskTime;
import dev.ansiblevenv.orchestration.follow.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a run ended that was followed. `docs/schema/run.json` describes the document.
public record RunReportView(RunReport report) implements View {

  private static final int SHOWN_TASKS = 3;
  private static final Duration NOTABLE = Duration.ofSeconds(1);
  private static final double MILLIS_A_SECOND = 1000;

  @Override
  public Map<String, Object> document() {
    var result = report.result();
    return object(
        "success", report.success(),
        "status", report.status(),
        "result_code", result.map(RunResult::code).orElse(null),
        "host", report.host(),
        "run_id", report.run().text(),
        "playbook", result.map(RunResult::playbook).orElse(null),
        "venv_name", result.map(RunResult::venv).orElse(null),
        "detached", result.isEmpty(),
        "started", result.map(RunResult::started).map(Instant::toString).orElse(null),
        "ended", result.map(RunResult::ended).map(Instant::toString).orElse(null),
        "duration_seconds", result.map(run -> seconds(run.duration())).orElse(null),
        "stats", stats(result.map(RunResult::stats).orElse(Map.of())),
        "tasks_run", result.map(RunResult::tasksRun).orElse(null),
        "tasks", objects(result.map(RunResult::tasks).orElse(List.of()), RunReportView::task),
        "files_written", result.map(RunResult::filesWritten).orElse(null),
        "failed_task",
            result.flatMap(RunResult::failedTask).map(RunReportView::failed).orElse(null),
        "error", report.error().orElse(null));
  }

  private static Map<String, Object> failed(FailedTask task) {
    return object(
        "task", task.task(),
        "path", task.path(),
        "host", task.host(),
        "unreachable", task.unreachable(),
        "message", task.message());
  }

  private static Map<String, Object> task(TaskTime task) {
    return object(
        "task", task.task(),
        "path", task.path(),
        "hosts", task.hosts(),
        "seconds", seconds(task.total()),
        "longest_seconds", seconds(task.longest()));
  }

  static Map<String, Object> stats(Map<String, HostStats> all) {
    var stats = new LinkedHashMap<String, Object>();
    all.forEach((host, numbers) ->
        stats.put(
            host,
            object(
                "ok", numbers.ok(),
                "changed", numbers.changed(),
                "failed", numbers.failed(),
                "unreachable", numbers.unreachable(),
                "skipped", numbers.skipped(),
                "rescued", numbers.rescued(),
                "ignored", numbers.ignored())));
    return stats;
  }

  @Override
  public String text() {
    return report
        .result()
        .map(result ->
            heading() + "\n  venv `" + result.venv() + "`\n" + slowest() + written(result))
        .orElseGet(this::goesOn);
  }

  /// In one line without its end.
  String heading() {
    return (report.success() ? "Ran" : "Failed")
        + report.result().map(run -> " in " + Elapsed.of(run.duration())).orElse("")
        + " on `"
        + report.host()
        + "` (run `"
        + report.run()
        + "`)";
  }

  /// Of a run that was left.
  String goesOn() {
    return "Run `"
        + report.run()
        + "` goes on on `"
        + report.host()
        + "`\n  `ansible-venv attach "
        + report.run()
        + "` follows it, `ansible-venv cancel "
        + report.run()
        + "` ends it\n";
  }

  /// A line, or nothing where nothing took long.
  String slowest() {
    var slow =
        report.result().map(RunResult::tasks).orElse(List.of()).stream()
            .filter(task -> task.longest().compareTo(NOTABLE) >= 0)
            .limit(SHOWN_TASKS)
            .map(task -> task.task() + " " + Elapsed.of(task.longest()))
            .collect(Collectors.joining(", "));
    return slow.isEmpty() ? "" : "  slowest: " + slow + "\n";
  }

  private String written(RunResult result) {
    return written(result.filesWritten(), report.run())
        .map(text -> "  wrote " + text + "\n")
        .orElse("");
  }

  /// Where to find what a run wrote beside its playbook and what did not come by itself; empty for
  /// a run that wrote nothing.
  static Optional<String> written(int files, RunId run) {
    return files == 0
        ? Optional.empty()
        : Optional.of(
            files
                + (files == 1 ? " file" : " files and directories")
                + " beside its playbook: `ansible-venv files "
                + run
                + "` lists, and with `--get '**'` brings them");
  }

  static double seconds(Duration time) {
    return time.toMillis() / MILLIS_A_SECOND;
  }
}
