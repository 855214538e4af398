package dev.ansiblevenv.core.environment;

import dev.ansiblevenv.core.lock.Lock;

/// Which environment a host shall have, and under which name.
///
/// @param venv the spec's name; becomes the name of the link on the host
/// @param python path of the interpreter to build with, as the configuration names it; empty for
///   the newest that the lock allows
/// @param rebuild build even if a healthy one is there
/// @param first the caller never had this venv made there: one of another lock is somebody else's
///   and stays as it is, unless `rebuild` says otherwise
public record EnvironmentRequest(
    String venv, Lock lock, String python, boolean rebuild, boolean first) {

  public EnvironmentRequest(String venv, Lock lock) {
    this(venv, lock, "", false, false);
  }
}
