package dev.ansiblevenv.analysis;

/// A name that its owner has removed or deprecated.
///
/// @param name fully qualified
/// @param message the owner's own words on what to use instead
public record Retirement(String file, int line, String name, String message) {}
