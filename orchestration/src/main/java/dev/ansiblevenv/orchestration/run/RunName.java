package dev.ansiblevenv.orchestration.run;

import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.util.List;
import java.util.Optional;

/// A run as people name it.
///
/// @param text the run's name, any part of it that no other has, or `last`
/// @param host the host that has it; empty where this project knows, because it started the run
public record RunName(String text, Optional<String> host) {

  private static final String NEWEST = "last";
  private static final int SHOWN = 5;

  /// @param known oldest first
  /// @param where of whom they are known
  /// @throws UsageFailure when it names none of them, or several
  RunId among(List<RunId> known, String where) {
    if (text.equals(NEWEST) && !known.isEmpty()) {
      return known.getLast();
    }
    var fitting =
        known.stream().filter(run -> !text.isEmpty() && run.text().contains(text)).toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    throw fitting.isEmpty() ? unknown(where) : ambiguous(fitting, where);
  }

  private UsageFailure unknown(String where) {
    return new UsageFailure(
        "no run `" + text + "` is known",
        where,
        host.isPresent() ? "" : "it was not started from here",
        host.isPresent()
            ? "`ansible-venv runs " + host.get() + "` shows those that there are"
            : "say which host has it: `--on HOST`; `ansible-venv runs HOST` shows its runs");
  }

  private UsageFailure ambiguous(List<RunId> fitting, String where) {
    var last = fitting.subList(Math.max(0, fitting.size() - SHOWN), fitting.size());
    return new UsageFailure(
        "`" + text + "` is a part of several runs' names",
        where,
        String.join(", ", last.stream().map(RunId::text).toList()),
        "write more of it, or `last`");
  }
}
