package dev.ansiblevenv.core.lock;

/// A collection to be locked.
///
/// @param name `namespace.name`
/// @param range Galaxy version range, `*` for any
/// @param source Galaxy server (name or URL), directory or tarball; empty for the configured
///   servers
/// @param because where the requirement comes from, for conflict messages: file:line or a
///   collection
public record CollectionRequirement(String name, String range, String source, String because) {}
