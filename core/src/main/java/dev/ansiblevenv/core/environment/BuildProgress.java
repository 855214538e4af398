package dev.ansiblevenv.core.environment;

/// A step of a build.
///
/// @param phase `waiting` (for another build of the same environment), `python`, `packages`,
///   `collections`, `checks`, `publishing`
/// @param detail for people; free of credentials
public record BuildProgress(String phase, String detail) {}
