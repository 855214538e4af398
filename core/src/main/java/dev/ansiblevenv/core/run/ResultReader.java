package dev.ansiblevenv.core.run;

import dev.ansiblevenv.core.agent.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// From the agent's message to what became of a run.
final class ResultReader {

  private static final double NANOS_A_SECOND = 1e9;

  private ResultReader() {}

  static RunResult result(Message answer) {
    var stats = new LinkedHashMap<String, HostStats>();
    var perHost = answer.object("stats");
    for (var host : perHost.fields().keySet()) {
      stats.put(String.valueOf(host), stats(perHost.object(String.valueOf(host))));
    }
    return new RunResult(
        new RunId(answer.text("run")),
        answer.text("playbook"),
        answer.text("venv"),
        RunResult.Status.valueOf(constant(answer.text("status"))),
        answer.number("rc").intValue(),
        answer.instant("started"),
        answer.instant("ended"),
        answer.number("output_bytes").longValue(),
        Map.copyOf(stats),
        answer.texts("plays_without_hosts"),
        failedTask(answer.object("failed_task")),
        answer.number("tasks_run").intValue(),
        answer.objects("tasks").stream().map(ResultReader::task).toList(),
        answer.texts("survivors").stream().map(Long::valueOf).toList(),
        Optional.of(answer.text("reason"))
            .filter(reason -> !reason.isEmpty())
            .map(reason -> RunResult.Reason.valueOf(constant(reason))),
        answer.number("files_written").intValue());
  }

  private static String constant(String word) {
    return word.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Optional<FailedTask> failedTask(Message task) {
    return task.fields().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FailedTask(
                task.text("task"),
                task.text("path"),
                task.text("host"),
                task.flag("unreachable"),
                task.text("message")));
  }

  private static TaskTime task(Message task) {
    return new TaskTime(
        task.text("task"),
        task.text("path"),
        task.number("hosts").intValue(),
        duration(task.number("seconds")),
        duration(task.number("longest")));
  }

  private static HostStats stats(Message counts) {
    return new HostStats(
        counts.number("ok").intValue(),
        counts.number("changed").intValue(),
        counts.number("failed").intValue(),
        counts.number("unreachable").intValue(),
        counts.number("skipped").intValue(),
        counts.number("rescued").intValue(),
        counts.number("ignored").intValue());
  }

  private static Duration duration(Number seconds) {
    return Duration.ofNanos(Math.round(seconds.doubleValue() * NANOS_A_SECOND));
  }
}
