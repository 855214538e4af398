package dev.ansiblevenv.core.session;

/// Something that nothing needs any more.
///
/// @param kind `environment`, `package`, `collection`, `leftover`, `blob`, `run`, `agent` or `tool`
/// @param bytes on the host's disk
/// @param reason why nothing needs it
public record Garbage(String kind, String path, long bytes, String reason) {}
