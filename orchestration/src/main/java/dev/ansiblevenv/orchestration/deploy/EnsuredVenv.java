package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.HostEnvironment;
import java.util.List;
import java.util.SortedMap;

/// A venv that a host has, and how it came to have it.
///
/// @param pythonPackages what the lock holds: more than one version where markers tell them apart
/// @param messages what was done on the way, in order; empty when the venv was there
public record EnsuredVenv(
    HostEnvironment.Status status,
    VenvMetadata venv,
    SortedMap<String, List<String>> pythonPackages,
    List<String> messages) {}
