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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    var others = named(outcomes, each -> !SharedLock.serves(lowest, each));
    if (others.isEmpty()) {
      return;
    }
    var served = named(outcomes, each -> SharedLock.serves(lowest, each));
    warning.accept(
        "no ansible-core runs on the Pythons of all hosts: the lock is for Python "
            + lowest
            + ", and "
            + others
            + " will fail. `"
            + without(outcomes, each -> !SharedLock.serves(lowest, each))
            + "` leaves them out; deploy to them from a copy of the project without this lock, where `"
            + without(outcomes, each -> SharedLock.serves(lowest, each))
            + "` leaves out "
            + served
            + ". Or name a Python that suits both in `ansible_python_interpreter`");
  }

  private static String named(
      HostOutcomes<List<String>> outcomes, Predicate<List<String>> pythons) {
    return outcomes.hosts().stream()
        .filter(host -> host.result().filter(pythons).isPresent())
        .map(host -> host.host() + " (" + host.result().orElseThrow().getFirst() + ")")
        .collect(Collectors.joining(", "));
  }

  /// The pattern to be typed instead.
  private String without(HostOutcomes<List<String>> outcomes, Predicate<List<String>> pythons) {
    return many.pattern()
        + outcomes.hosts().stream()
            .filter(host -> host.result().filter(pythons).isPresent())
            .map(host -> ",!" + host.host())
            .collect(Collectors.joining());
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
