package dev.ansiblevenv.core.lock;

import java.util.List;

/// A collection to be locked.
///
/// @param name `namespace.name`; empty for a place that may hold collections which are needed, and
///   needs nothing itself
/// @param range Galaxy version range; branch, tag or commit if the source is a repository; `*` for
///   any
/// @param source Galaxy server (name or URL), git repository, URL of a tarball, directory or
///   tarball of the project; empty for the configured servers
/// @param signatures addresses of detached signatures, besides those that a server has
/// @param dispensable whether a lock without it will do where it is nowhere to be had
/// @param because where the requirement comes from, for conflict messages: file:line or a
///   collection
public record CollectionRequirement(
    String name,
    String range,
    String source,
    List<String> signatures,
    boolean dispensable,
    String because) {

  public CollectionRequirement(String name, String range, String source, String because) {
    this(name, range, source, List.of(), false, because);
  }
}
