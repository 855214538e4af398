package dev.ansiblevenv.orchestration.deploy;

/// A venv that a host is to have.
///
/// @param venv name of a profile or of a spec
/// @param forceRecreate build the environment anew although a healthy one is there
public record EnsureRequest(String venv, String host, boolean forceRecreate) {}
