package dev.ansiblevenv.orchestration.follow;

import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunResult.Reason;
import dev.ansiblevenv.core.run.RunResult.Status;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.ExitCode;
import java.util.Optional;

/// A run that was followed to its end, or left.
///
/// @param result as the host has it on record; empty when the run was left and goes on
public record RunReport(String host, RunId run, Optional<RunResult> result) {

  /// Whether nothing is known to have gone wrong.
  public boolean success() {
    return result.map(RunResult::succeeded).orElse(true);
  }

  /// `running`, `succeeded`, `failed`, `cancelled`, `timed-out` or `interrupted`.
  public String status() {
    return result.map(over -> over.status().word()).orElse("running");
  }

  /// What the command line ends with. A run that ran into a limit was ended, not failed.
  public ExitCode exitCode() {
    if (success()) {
      return ExitCode.DONE;
    }
    return result.map(RunResult::status).filter(Status.TIMED_OUT::equals).isPresent()
        ? ExitCode.CANCELLED
        : ExitCode.RUN_FAILED;
  }

  /// Why it is not a success.
  public Optional<String> error() {
    return result.filter(over -> !over.succeeded()).map(RunReport::error);
  }

  /// @throws Cancelled when the run was
  public RunReport requireNotCancelled() {
    if (result.map(RunResult::status).filter(Status.CANCELLED::equals).isPresent()) {
      var survivors = result.get().survivors();
      throw new Cancelled(
          "the run was cancelled",
          host,
          survivors.isEmpty() ? "" : "still alive: processes " + survivors,
          "`ansible-venv logs " + run + "` shows what it printed");
    }
    return this;
  }

  private static String error(RunResult run) {
    return switch (run.status()) {
      case SUCCEEDED -> "";
      case CANCELLED -> "the run was cancelled";
      case INTERRUPTED -> "the run was interrupted on the host";
      case TIMED_OUT -> timedOut(run);
      case FAILED -> failed(run);
    };
  }

  private static String failed(RunResult run) {
    if (run.reason().isPresent()) {
      return "the host's disk is full, so the run and its output may not be whole";
    }
    if (run.failedTask().isPresent()) {
      return run.failedTask().get().text();
    }
    return run.code() != 0 || run.playsWithoutHosts().isEmpty()
        ? "ansible-playbook ended with exit code " + run.code()
        : "no host matched `"
            + String.join("`, `", run.playsWithoutHosts())
            + "`; without `--inventory` a run sees its own host alone";
  }

  private static String timedOut(RunResult run) {
    var ended =
        run.reason().filter(Reason.IDLE_TIMEOUT::equals).isPresent()
            ? "it printed nothing for longer than `--idle-timeout` allows"
            : "it took longer than `--timeout` allows";
    return run.survivors().isEmpty()
        ? ended + " and was ended"
        : ended + "; still alive: processes " + run.survivors();
  }
}
