package dev.ansiblevenv.orchestration.run;

import dev.ansiblevenv.core.session.RunListing;

/// A run whose log was shown.
///
/// @param run as it stands
public record LoggedRun(String host, RunListing run) {}
