package dev.ansiblevenv.analysis.playbook;

/// A place in the closure.
///
/// @param file closure-relative path
/// @param line 1-based; 0 when the whole file is meant
public record Site(String file, int line) {}
