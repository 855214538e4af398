package dev.ansiblevenv.core.lock;

/// Which ansible-core was taken.
///
/// @param version exact
/// @param reason one line for a person: why this one and no newer one
public record AnsibleCoreChoice(String version, String reason) {}
