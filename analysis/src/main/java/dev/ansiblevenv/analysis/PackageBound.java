package dev.ansiblevenv.analysis;

import java.util.List;

/// A bound on a Python package that needs nothing itself: it holds for whatever is installed, also
/// where only another package needs it.
///
/// @param requirement as PEP 508 writes it, without extras
/// @param hashes that a requirements file allows for it, such as `sha256:…`; empty for any
public record PackageBound(String name, String requirement, List<String> hashes, Because because) {

  /// Whether versions are bounded, not only files.
  public boolean isOnVersions() {
    return !requirement.equals(name);
  }
}
