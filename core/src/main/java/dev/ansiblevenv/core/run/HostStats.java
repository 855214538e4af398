package dev.ansiblevenv.core.run;

/// The play recap of one host: numbers of tasks.
public record HostStats(
    int ok, int changed, int failed, int unreachable, int skipped, int rescued, int ignored) {}
