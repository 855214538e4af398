package dev.ansiblevenv.orchestration;

/// What `doctor` says of a tool on the controller.
///
/// @param version empty when it is not there
/// @param origin where it comes from, or will be fetched from
/// @param problem why it does not work; empty when it does, or when it will be fetched at first use
public record ToolStatus(String name, String version, String origin, String problem) {}
