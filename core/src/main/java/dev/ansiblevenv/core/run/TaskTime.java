package dev.ansiblevenv.core.run;

import java.time.Duration;

/// How long a task took.
///
/// @param task as its author named it
/// @param path file and line on the host
/// @param hosts on which it ran
/// @param total on all of them together
/// @param longest on one of them
public record TaskTime(String task, String path, int hosts, Duration total, Duration longest) {}
