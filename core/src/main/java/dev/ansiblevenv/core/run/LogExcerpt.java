package dev.ansiblevenv.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A part of a run's log, up to now. Output has no times of its own: it begins behind the last
/// event before the time that is asked for.
///
/// @param events its events rather than what it printed
public record LogExcerpt(boolean events, Since since) {

  /// Where a part begins.
  public sealed interface Since {

    record Start() implements Since {}

    /// On the host's clock.
    record Time(Instant time) implements Since {}

    record Ago(Duration time) implements Since {}
  }

  private static final double MILLIS_A_SECOND = 1000;

  public Map<String, Object> message(RunId run) {
    var message = new LinkedHashMap<String, Object>();
    message.put("type", "log");
    message.put("run", run.text());
    message.put("events", events);
    switch (since) {
      case Since.Start start -> {}
      case Since.Time(var time) -> message.put("since", time.toEpochMilli() / MILLIS_A_SECOND);
      case Since.Ago(var time) -> message.put("ago", time.toMillis() / MILLIS_A_SECOND);
    }
    return message;
  }
}
