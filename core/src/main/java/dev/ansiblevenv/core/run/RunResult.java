package dev.ansiblevenv.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What became of a run, as the host has it on record.
///
/// @param playbook as seen from its project
/// @param venv that it ran in
/// @param code ansible-playbook's own exit code; `-N` when signal N ended it; [#UNKNOWN_CODE] when
///   nobody knows
/// @param started on the host's clock
/// @param ended on the host's clock
/// @param outputBytes size of the whole log
/// @param stats by inventory name; empty when the playbook did not get as far as its recap
/// @param playsWithoutHosts patterns that matched no host; a run in which no play matched any
///   counts as failed even though Ansible's own code is 0
/// @param failedTask what went wrong first; empty where no task failed
/// @param tasksRun number of tasks
/// @param tasks the 100 of them that took longest, the slowest first
/// @param survivors processes that withstood a cancel
/// @param filesWritten entries beside the playbook; 0 for a run in the user's own project
/// @param reason which limit ended the run, or why its output is not whole
public record RunResult(
    RunId id,
    String playbook,
    String venv,
    Status status,
    int code,
    Instant started,
    Instant ended,
    long outputBytes,
    Map<String, HostStats> stats,
    List<String> playsWithoutHosts,
    Optional<FailedTask> failedTask,
    int tasksRun,
    List<TaskTime> tasks,
    List<Long> survivors,
    Optional<Reason> reason,
    int filesWritten) {

  public static final int UNKNOWN_CODE = -255;

  /// How a run can end.
  public enum Status {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /// It took longer than [RunLimits] allow.
    TIMED_OUT,
    /// Its runner was killed, or the host restarted.
    INTERRUPTED;

    /// As people read it.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// What Ansible's own exit code does not say.
  public enum Reason {
    TIMEOUT,
    IDLE_TIMEOUT,
    /// The host's disk was full at the end: output may be missing.
    NO_SPACE
  }

  public Duration duration() {
    return Duration.between(started, ended);
  }

  public boolean succeeded() {
    return status == Status.SUCCEEDED;
  }
}
