package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What depends on variables is decided when everything else has been read, and again whenever a
/// decision has led to something that sets further variables, until nothing changes any more. What
/// a decision could not resolve counts only if that is so at the end.
final class Decisions {

  /// Each round follows one more step of names that are made of each other.
  private static final int MAX_ROUNDS = 50;

  private static final class Decision {
    final Runnable reading;
    final Set<Reference.Unknown> unknown = new LinkedHashSet<>();

    Decision(Runnable reading) {
      this.reading = reading;
    }
  }

  private final Collected collected;
  private final Surroundings surroundings;
  private final Deque<Decision> open = new ArrayDeque<>();
  private final List<Decision> made = new ArrayList<>();
  private @Nullable Decision current;
  private int changes = -1;
  private int rounds;

  Decisions(Collected collected, Surroundings surroundings) {
    this.collected = collected;
    this.surroundings = surroundings;
  }

  void add(Runnable reading) {
    open.add(new Decision(reading));
  }

  void add(Reference.Unknown unknown) {
    if (current == null) {
      collected.add(unknown);
    } else {
      current.unknown.add(unknown);
    }
  }

  void once(Runnable reading) {
    var outer = current;
    current = null;
    reading.run();
    current = outer;
  }

  /// Makes those decisions that are open, or else all of them again if anything has changed.
  ///
  /// @return whether there may be more to read and to decide
  boolean next() {
    if (!open.isEmpty()) {
      while (!open.isEmpty()) {
        var decision = open.poll();
        made.add(decision);
        make(decision);
      }
      return true;
    }
    if (changes == surroundings.changes() || rounds >= MAX_ROUNDS) {
      return false;
    }
    changes = surroundings.changes();
    rounds++;
    List.copyOf(made).forEach(this::make);
    return true;
  }

  private void make(Decision decision) {
    current = decision;
    decision.unknown.clear();
    decision.reading.run();
    current = null;
  }

  void finish() {
    made.forEach(decision -> decision.unknown.forEach(collected::add));
    made.clear();
  }
}
