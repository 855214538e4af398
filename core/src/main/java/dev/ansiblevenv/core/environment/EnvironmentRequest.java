package dev.ansiblevenv.core.environment;

import dev.ansiblevenv.core.lock.Lock;

/// Which environment a host shall have, and under which name.
///
/// @param venv the spec's name; becomes the name of the link on the host
/// @param python path of the interpreter to build with, as the configuration names it; empty for
///   the newest that the lock allows
/// @param rebuild build even if a healthy one is there
public record EnvironmentRequest(String venv, Lock lock, String python, boolean rebuild) {

  public EnvironmentRequest(String venv, Lock lock) {
    this(venv, lock, "", false);
  }
}
