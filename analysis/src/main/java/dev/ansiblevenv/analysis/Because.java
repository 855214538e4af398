package dev.ansiblevenv.analysis;

/// Why something is needed: the place that names it.
///
/// @param file closure-relative path
/// @param line 1-based
/// @param kind what names it: `module`, `filter`, `test`, `lookup`, `role`, `requirements` …
/// @param name the name as written there
public record Because(String file, int line, String kind, String name) {}
