package dev.ansiblevenv.orchestration.tracking;

import java.time.LocalDateTime;

/// A venv that a host has.
///
/// @param path absolute, on the host
/// @param installedDate local time of the controller, whole seconds
public record InstalledVenv(String name, String path, LocalDateTime installedDate) {}
