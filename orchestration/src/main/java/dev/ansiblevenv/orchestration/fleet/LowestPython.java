package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.deploy.HostPythons;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/// The oldest of the interpreters that many hosts would build an environment with. A lock for it
/// serves the newer ones, too. Hosts are asked only when there is a lock to be made.
record LowestPython(HostsAtOnce atOnce, Many many) implements Supplier<String> {

  private static final Comparator<String> BY_MINOR =
      Comparator.<String>comparingInt(version -> part(version, 0))
          .thenComparingInt(version -> part(version, 1));

  /// @throws HostUnreachable when no host answers; names the first
  @Override
  public String get() {
    var outcomes =
        atOnce.<String>asked(
            many.targets(),
            (target, session, steps) -> HostPythons.choose(session, target.known()).version());
    if (outcomes.cancelled()) {
      Thread.currentThread().interrupt();
      throw new Cancelled("cancelled", many.pattern(), "", "");
    }
    return outcomes.hosts().stream()
        .flatMap(host -> host.result().stream())
        .min(BY_MINOR)
        .orElseThrow(() -> nobody(outcomes));
  }

  private HostUnreachable nobody(HostOutcomes<String> outcomes) {
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
