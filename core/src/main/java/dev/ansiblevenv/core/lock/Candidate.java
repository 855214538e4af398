package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.SemanticVersion;
import java.util.Optional;

/// A version of a collection that could be chosen.
///
/// @param isConcrete it is the only one, because the user named the directory or tarball; it may
///   then be a pre-release
/// @param requiresAnsible where it is known without a closer look
record Candidate(
    String name, SemanticVersion version, boolean isConcrete, Optional<String> requiresAnsible) {

  @Override
  public String toString() {
    return name + " " + version;
  }
}
