package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.Failure;
import java.time.Duration;
import java.util.Optional;

/// What an operation came to on one of many hosts: a result or a failure.
///
/// @param host as the inventory names it
/// @param exitCode what a call for this host alone would exit with
/// @param result may be one that is not good: a playbook that failed
/// @param time from when its turn came
public record HostOutcome<R>(
    String host, ExitCode exitCode, Optional<R> result, Optional<Failure> failure, Duration time) {

  static <R> HostOutcome<R> good(String host, R result) {
    return new HostOutcome<>(
        host, ExitCode.DONE, Optional.of(result), Optional.empty(), Duration.ZERO);
  }

  static <R> HostOutcome<R> failed(String host, Failure failure, Duration time) {
    return new HostOutcome<>(
        host, failure.exitCode(), Optional.empty(), Optional.of(failure), time);
  }

  public boolean isGood() {
    return exitCode == ExitCode.DONE;
  }
}
