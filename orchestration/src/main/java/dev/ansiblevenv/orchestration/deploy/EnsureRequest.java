package dev.ansiblevenv.orchestration.deploy;

/// A venv that a host is to have.
///
/// @param venv name of a profile or of a spec
/// @param forceRecreate build the environment anew although a healthy one is there
/// @param push send everything that a build needs, so that the host needs no network
public record EnsureRequest(String venv, String host, boolean forceRecreate, boolean push) {}
