package dev.ansiblevenv.cli.output;

import java.time.Duration;

/// Durations as people read them: `0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`.
final class Elapsed {

  private Elapsed() {}

  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return seconds + "." + duration.toMillisPart() / 100 + " s";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
        : "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
  }
}
