package dev.ansiblevenv.orchestration;

import java.util.Map;

/// A venv on a host.
///
/// @param path of the venv on the host
/// @param environment digest of the environment behind it, 64 hex digits
/// @param python version of the interpreter, `3.11.7`
/// @param packages distribution to version, as locked
/// @param collections collection to version, as locked
/// @param installedDate ISO 8601 local date and time, as in the host record
public record VenvMetadata(
    String name,
    String host,
    String path,
    String environment,
    String python,
    Map<String, String> packages,
    Map<String, String> collections,
    String installedDate) {}
