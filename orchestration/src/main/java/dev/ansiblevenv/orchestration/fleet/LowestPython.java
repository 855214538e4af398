package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.core.lock.SharedLock;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.deploy.HostPythons;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The oldest of the interpreters that many hosts would build an environment with. A lock for it
/// serves the newer ones, too. Hosts are asked only when there is a lock to be made.
///
/// @param warning told of hosts that a lock for it cannot serve
record LowestPython(HostsAtOnce atOnce, Many many, Consumer<String> warning)
    implements Supplier<String> {

  private static final Comparator<String> BY_MINOR =
      Comparator.<String>comparingInt(version -> part(version, 0))
          .thenComparingInt(version -> part(version, 1));

  /// @throws HostUnreachable when no host answers; names the first
  @Override
  public String get() {
    var outcomes =
        atOnce.<List<String>>asked(
            many.targets(),
            (target, session, steps) -> HostPythons.versions(session, target.known()));
    if (outcomes.cancelled()) {
      Thread.currentThread().interrupt();
      throw new Cancelled("cancelled", many.pattern(), "", "");
    }
    var lowest =
        outcomes.hosts().stream()
            .flatMap(host -> host.result().stream())
            .map(List::getFirst)
            .min(BY_MINOR)
            .orElseThrow(() -> nobody(outcomes));
    warnOfOthers(lowest, outcomes);
    return lowest;
  }

  /// No ansible-core runs on the oldest and the newest Pythons that hosts have.
  private void warnOfOthers(String lowest, HostOutcomes<List<String>> outcomes) {
    var others =
        outcomes.hosts().stream()
            .filter(
                host -> host.result().filter(each -> !SharedLock.serves(lowest, each)).isPresent())
            .map(host -> host.host() + " (" + host.result().orElseThrow().getFirst() + ")")
            .toList();
    if (!others.isEmpty()) {
      warning.accept(
          "the lock is for Python "
              + lowest
              + ", and no ansible-core that runs on it runs on the Python of "
              + String.join(", ", others)
              + ": these hosts will fail; use another Python on one side"
              + " (`ansible_python_interpreter`), or take them from a project of their own");
    }
  }

  private HostUnreachable nobody(HostOutcomes<List<String>> outcomes) {
    var first = outcomes.hosts().getFirst();
    return new HostUnreachable(
        "none of the hosts can be locked for",
        many.pattern(),
        first.host() + " " + first.failure().map(Failure::what).orElse(""),
        Optional.of(first).flatMap(HostOutcome::failure).map(Failure::next).orElse(""));
  }

  private static int part(String version, int index) {
    return Integer.parseInt(version.split("\\.", -1)[index]);
  }
}
