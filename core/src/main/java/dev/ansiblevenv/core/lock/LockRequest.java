package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import java.nio.file.Path;
import java.util.List;

/// What to lock.
///
/// One field each for what has to be in the lock, what bounds it and where to look for it.
///
/// @param python `ansible-core` need not be among them; a constraint on it is honoured
/// @param pythonVersion of the host, `3.11`: the lock holds for it and for later ones
/// @param project relative sources are looked for there
/// @param settings name the Galaxy servers
/// @param offline ask no server: what is not at hand is an error
public record LockRequest(
    List<PythonRequirement> python,
    List<CollectionRequirement> collections,
    LockBounds bounds,
    String pythonVersion,
    Path project,
    AnsibleSettings settings,
    boolean offline) {

  public LockRequest {
    python = List.copyOf(python);
    collections = List.copyOf(collections);
  }
}
