package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.run.RunLimits;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunSecrets;
import java.util.Map;

/// What a run is given besides its playbook.
///
/// @param ansible options that pass through
/// @param extraVars names to JSON values: text, numbers, booleans, lists, maps; they travel in the
///   stream, never in an argument list
/// @param temporary whether the venv is made for this run alone and gone after it, however that
///   ends; nothing is then written into the project
/// @param copy whether a run on this machine gets a copy of the project instead of its directory
/// @param forwardsAgent whether the run may use the caller's ssh agent, as long as the connection
///   lasts
public record PlaybookOptions(
    RunOptions ansible,
    Map<String, Object> extraVars,
    RunSecrets secrets,
    RunLimits limits,
    boolean forwardsAgent,
    boolean temporary,
    boolean copy) {

  public static final PlaybookOptions NONE =
      new PlaybookOptions(
          RunOptions.DEFAULTS, Map.of(), RunSecrets.NONE, RunLimits.NONE, false, false, false);

  /// Without the variables' values, which may be secrets.
  @Override
  public String toString() {
    return "PlaybookOptions[" + ansible + ", extraVars=" + extraVars.keySet() + "]";
  }
}
