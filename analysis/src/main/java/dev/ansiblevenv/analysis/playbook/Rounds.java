package dev.ansiblevenv.analysis.playbook;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// Reads what is defined in circles until another round brings nothing new. What was read in a
/// finished round holds until something is added.
final class Rounds {

  /// A circle of more files needs more rounds; what is then not known yet is rare and small.
  private static final int MAX_ROUNDS = 20;

  private final Set<Integer> finished = new HashSet<>();
  private int round;
  private boolean isReading;
  private boolean hasCircle;
  private boolean hasGrown;

  /// @param reading gives a result that only grows
  <T> T read(Supplier<T> reading) {
    if (isReading) {
      return reading.get();
    }
    isReading = true;
    try {
      for (var left = MAX_ROUNDS; ; left--) {
        round++;
        hasCircle = false;
        hasGrown = false;
        var result = reading.get();
        if (left == 0 || !hasCircle || !hasGrown) {
          finished.add(round);
          return result;
        }
      }
    } finally {
      isReading = false;
    }
  }

  int round() {
    return round;
  }

  boolean isDone(int when) {
    return when == round || finished.contains(when);
  }

  void circle() {
    hasCircle = true;
  }

  void grown() {
    hasGrown = true;
  }

  /// Something was added: nothing that was read before holds.
  void restart() {
    finished.clear();
    round++;
  }
}
