package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.run.RunId;
import java.time.Instant;
import java.util.Optional;

/// A run that a host remembers.
///
/// @param status `running`, `succeeded`, `failed`, `cancelled`, `timed-out` or `interrupted`
/// @param started on the host's clock
/// @param ended empty while the run goes on
/// @param code ansible-playbook's own exit code; 0 while the run goes on
/// @param filesWritten entries beside the playbook on the host; 0 while the run goes on
public record RunListing(
    RunId id,
    String status,
    int code,
    String playbook,
    String venv,
    Instant started,
    Optional<Instant> ended,
    int filesWritten) {

  public boolean isRunning() {
    return status.equals("running");
  }
}
