package dev.ansiblevenv.core.session;

import java.time.Duration;
import java.time.Instant;

/// A venv that a host really has.
///
/// @param lock digest of the lock it was built from; empty when its record is lost
/// @param created when the host got the venv
/// @param bytes what its environment takes alone; 0 where the host does not say
/// @param builtIn how long its build took; zero where the host does not know
/// @param problem why it is not fit to run in; empty when healthy
public record VenvListing(
    String name,
    String path,
    String digest,
    String lock,
    boolean healthy,
    String problem,
    String python,
    String ansibleCore,
    Instant created,
    long bytes,
    Duration builtIn) {}
