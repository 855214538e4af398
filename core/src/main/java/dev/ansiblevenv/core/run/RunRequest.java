package dev.ansiblevenv.core.run;

import java.util.Map;

/// One execution of a playbook in a venv.
///
/// @param venv name of a venv that the host has
/// @param lockDigest of the lock the venv must still be of, [dev.ansiblevenv.core.lock.Lock#digest]
/// @param extraVars strongest of all variables; may be secrets: they are kept out of arguments,
///   logs and lasting files
/// @param forwardsAgent whether the run may use the ssh agent that the connection brings along
/// @param sslCertFile CA bundle on the host that the run's `SSL_CERT_FILE` names; empty for none
/// @param warm whether the host may start it from a process it kept ready, and keep one for the
///   next
public record RunRequest(
    RunId id,
    String venv,
    String lockDigest,
    RunProject project,
    Inventory inventory,
    Map<String, ?> extraVars,
    RunSecrets secrets,
    RunOptions options,
    RunLimits limits,
    boolean forwardsAgent,
    Terminal terminal,
    String sslCertFile,
    boolean warm,
    RunSettings settings) {

  /// What the output is made for.
  ///
  /// @param columns 20 to 10000
  /// @param answers whether somebody is there who answers what the run asks while it goes on
  public record Terminal(int columns, boolean colour, boolean answers) {

    public Terminal(int columns, boolean colour) {
      this(columns, colour, false);
    }
  }

  /// Names no variable's value: they may be secrets.
  @Override
  public String toString() {
    return "RunRequest[id=%s, venv=%s, playbook=%s, extraVars=%s]"
        .formatted(id, venv, project.playbook(), extraVars.keySet());
  }
}
