package dev.ansiblevenv.analysis;

/// Something that the analysis saw and could not decide. It is reported, never dropped.
///
/// @param kind `module`, `role`, `include`, `python`, …
/// @param expression the text that could not be decided, as written
public record Unresolved(String file, int line, String kind, String expression) {}
