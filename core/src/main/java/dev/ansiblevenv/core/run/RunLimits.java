package dev.ansiblevenv.core.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How long a run may take. The host looks after that, by a clock that nobody can set, whoever is
/// connected.
///
/// @param whole from its start to its end
/// @param idle without printing anything
public record RunLimits(Optional<Duration> whole, Optional<Duration> idle) {

  public static final RunLimits NONE = new RunLimits(Optional.empty(), Optional.empty());

  Map<String, Object> message() {
    var message = new LinkedHashMap<String, Object>();
    whole.ifPresent(limit -> message.put("timeout", limit.toSeconds()));
    idle.ifPresent(limit -> message.put("idle_timeout", limit.toSeconds()));
    return message;
  }
}
