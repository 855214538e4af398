package dev.ansiblevenv.analysis.canonical;

/// A file that the playbook reaches.
///
/// @param path closure-relative, with `/`; the name under which it counts and is shown in errors
/// @param content as on disk, not copied
@SuppressWarnings("ArrayRecordComponent") // files are compared by their canonical text
public record ClosureFile(String path, FileKind kind, byte[] content) {}
