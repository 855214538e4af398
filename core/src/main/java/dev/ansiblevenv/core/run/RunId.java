package dev.ansiblevenv.core.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Names a run for good: `20260115T103000-1a2b3c4d`. Chosen here, not on the host, so that a start
/// whose answer was lost can be asked about.
///
/// @param text UTC time to the second, and 8 random hex digits
public record RunId(String text) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  public static RunId create(Instant now, RandomGenerator random) {
    return new RunId("%s-%08x".formatted(TIME.format(now), random.nextInt()));
  }

  @Override
  public String toString() {
    return text;
  }
}
