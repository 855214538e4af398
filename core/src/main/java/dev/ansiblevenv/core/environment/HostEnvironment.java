package dev.ansiblevenv.core.environment;

import dev.ansiblevenv.core.host.HostPython;

/// An environment as it is on a host, healthy when it was looked at.
///
/// @param reason why it was built or linked; empty when it was ready
/// @param path of the venv link on the host, as the host record has it
/// @param digest names the environment in the host's store
/// @param ansibleCore version
/// @param obstacle why tasks of other users (`become_user`) cannot start its Python; empty where
///   they can
public record HostEnvironment(
    Status status,
    String reason,
    String path,
    String digest,
    HostPython python,
    String ansibleCore,
    String obstacle) {

  /// How it came about.
  public enum Status {
    /// It was there.
    READY,
    /// An environment of the same lock was there; the venv is now a link to it.
    LINKED,
    /// It was built.
    BUILT
  }
}
