package dev.ansiblevenv.core.lock;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to lock.
///
/// One field each for what has to be in the lock, what bounds it and where to look for it.
///
/// @param python `ansible-core` need not be among them; a constraint on it is honoured
/// @param pythonVersion of the host, `3.11`: the lock holds for it and for later ones
/// @param project relative sources and `ansible.cfg` are looked for there
/// @param environment the caller's; the variables that Ansible reads for Galaxy are looked at
/// @param offline ask no server: what is not at hand is an error
public record LockRequest(
    List<PythonRequirement> python,
    List<CollectionRequirement> collections,
    LockBounds bounds,
    String pythonVersion,
    Path project,
    Map<String, String> environment,
    boolean offline) {

  public LockRequest {
    python = List.copyOf(python);
    collections = List.copyOf(collections);
    environment = Map.copyOf(environment);
  }
}
