package dev.ansiblevenv.core.tool;

import java.nio.file.Path;

/// A working `uv`.
///
/// @param origin where it came from, for `doctor`: `PATH` or the index it was fetched from
public record Uv(Path executable, String version, String origin) {}
