package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.VersionRange;

/// One requirement on a collection while it is being resolved.
///
/// @param name the collection that is required
/// @param owner the collection that requires it; empty for the user
/// @param because file:line, or the owner with its version
record Edge(String name, VersionRange range, String owner, String because) {

  /// Whether the user excludes versions with it.
  boolean isUsersBound() {
    return owner.isEmpty() && !range.equals(VersionRange.ANY);
  }

  @Override
  public String toString() {
    return range + " (" + because + ")";
  }
}
