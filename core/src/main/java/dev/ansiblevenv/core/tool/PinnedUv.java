package dev.ansiblevenv.core.tool;

import java.util.Map;

/// The build of uv that goes to a host, known without having it.
///
/// @param sha256 of its wheel, 64 lower-case hex digits
/// @param environment all that a uv of this machine sees: see [UvEnvironment]
public record PinnedUv(String version, String sha256, Map<String, String> environment) {}
