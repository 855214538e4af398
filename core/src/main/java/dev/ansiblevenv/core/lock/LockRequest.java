package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What to lock.
///
/// One field each for what has to be in the lock, what bounds it, what is kept and where to look.
///
/// @param python `ansible-core` need not be among them; a constraint on it is honoured
/// @param pythonVersion of the host, `3.11`: the lock holds for it and for later ones
/// @param project relative sources are looked for there
/// @param settings name the Galaxy servers
/// @param preferred the versions of this lock are chosen wherever they still fit
/// @param offline ask no server: what is not at hand is an error
public record LockRequest(
    List<PythonRequirement> python,
    List<CollectionRequirement> collections,
    LockBounds bounds,
    String pythonVersion,
    Path project,
    AnsibleSettings settings,
    Optional<Lock> preferred,
    boolean offline) {

  public LockRequest {
    python = List.copyOf(python);
    collections = List.copyOf(collections);
  }

  /// Whether the project may name what is built on this machine: building runs code of whoever
  /// wrote it.
  boolean isTrusted() {
    return !settings.boundary().isClosed();
  }
}
