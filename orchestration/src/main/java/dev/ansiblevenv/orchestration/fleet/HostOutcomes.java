package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.orchestration.deploy.Target;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// What an operation came to on many hosts, in their order.
///
/// @param cancelled whether it was given up
public record HostOutcomes<R>(List<HostOutcome<R>> hosts, boolean cancelled) {

  public HostOutcomes {
    hosts = List.copyOf(hosts);
  }

  /// Of what needs no host.
  public static <R> HostOutcomes<R> of(List<Target> targets, Function<Target, R> work) {
    return new HostOutcomes<>(
        targets.stream().map(target -> outcome(target, work)).toList(), false);
  }

  private static <R> HostOutcome<R> outcome(Target target, Function<Target, R> work) {
    var host = target.name().text();
    try {
      return HostOutcome.good(host, work.apply(target));
    } catch (Failure failure) {
      return HostOutcome.failed(host, failure, Duration.ZERO);
    }
  }

  /// The code that all hosts that failed have in common, else the smallest of theirs: that a
  /// playbook ran and failed is the smallest.
  public ExitCode exitCode() {
    return cancelled
        ? ExitCode.CANCELLED
        : hosts.stream()
            .map(HostOutcome::exitCode)
            .filter(code -> code != ExitCode.DONE)
            .min(Comparator.comparingInt(ExitCode::number))
            .orElse(ExitCode.DONE);
  }

  public long bad() {
    return hosts.stream().filter(host -> !host.isGood()).count();
  }
}
