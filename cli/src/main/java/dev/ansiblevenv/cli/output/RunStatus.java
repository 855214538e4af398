package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.core.run.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a run stands, in one line, told by its events. Times are the host's: a run that is
/// attached to has lasted for a while.
final class RunStatus {

  private static final int FIRST_WIDE = 0x1100;

  private String place = "";
  private int tasks;
  private int ok;
  private int changed;
  private int failed;
  private @Nullable Instant began;
  private Duration until = Duration.ZERO;
  private @Nullable Instant heard;

  /// @param now here
  void happened(Event.JobEvent event, Instant now) {
    var fields = event.fields();
    var data = fields.get("event_data") instanceof Map<?, ?> inner ? inner : Map.of();
    switch (event.name()) {
      case "playbook_on_play_start" -> place = text(data, "play");
      case "playbook_on_task_start", "playbook_on_handler_task_start" -> {
        place = text(data, "play") + ": " + text(data, "task");
        tasks++;
      }
      case "runner_on_ok" -> {
        ok++;
        changed += isTrue(data.get("res"), "changed") ? 1 : 0;
      }
      case "runner_on_failed" -> failed += isTrue(data, "ignore_errors") ? 0 : 1;
      case "runner_on_unreachable" -> failed++;
      default -> {}
    }
    heard = now;
    if (fields.get("created") instanceof String created) {
      var there = OffsetDateTime.parse(created).toInstant();
      if (began == null) {
        began = there;
      }
      until = Duration.between(began, there);
    }
  }

  /// @param now here
  /// @param width columns that there are
  /// @return empty before the first event
  String line(Instant now, int width) {
    if (heard == null) {
      return "";
    }
    var elapsed = until.plus(Duration.between(heard, now));
    var numbers =
        "  %d %s  ok=%d changed=%d failed=%d  %s"
            .formatted(tasks, tasks == 1 ? "task" : "tasks", ok, changed, failed, whole(elapsed));
    return cut(place, Math.max(0, width - numbers.length())) + numbers;
  }

  /// Seconds are enough: it is shown a few times a second.
  private static String whole(Duration elapsed) {
    var seconds = Math.max(0, elapsed.toSeconds());
    return seconds < 10 ? seconds + " s" : Elapsed.of(Duration.ofSeconds(seconds));
  }

  /// As much as fits: a letter of some scripts takes two columns.
  private static String cut(String text, int columns) {
    var shown = new StringBuilder();
    var taken = 0;
    for (var letter : text.codePoints().filter(each -> !Character.isISOControl(each)).toArray()) {
      taken += letter < FIRST_WIDE ? 1 : 2;
      if (taken > columns) {
        break;
      }
      shown.appendCodePoint(letter);
    }
    return shown.toString();
  }

  private static String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  private static boolean isTrue(@Nullable Object object, String name) {
    return object instanceof Map<?, ?> fields && Boolean.TRUE.equals(fields.get(name));
  }
}
