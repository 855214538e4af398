package dev.ansiblevenv.analysis.canonical;

/// One file of the closure.
///
/// @param path closure-relative, with `/`
/// @param content the bytes that the analysis read
@SuppressWarnings("ArrayRecordComponent") // read once, handed on once, never compared
public record ClosureFile(String path, FileKind kind, byte[] content) {}
