package dev.ansiblevenv.core.session;

/// What removing a venv took away.
///
/// @param link whether there was a venv of that name
/// @param inUse whether a run is in it, so that nothing was removed
/// @param environment whether its environment went with it
/// @param reason why the environment stayed; empty when it went
public record Removal(boolean link, boolean environment, boolean inUse, String reason) {}
