package dev.ansiblevenv.orchestration.run;

import dev.ansiblevenv.orchestration.follow.RunReport;

/// A run that was to be cancelled.
///
/// @param wasRunning else there was nothing left to be ended
/// @param report how it ended: it may have been quicker
public record CancelledRun(boolean wasRunning, RunReport report) {}
