package dev.ansiblevenv.core.host;

/// A CPython on a host that an environment can be built with.
///
/// @param path absolute, the real interpreter behind any shim
/// @param version full, `3.11.2`
public record HostPython(String path, String version) {}
