package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.orchestration.project.SharedListing;

/// A playbook, the venv it is to run in, and the host it is for.
///
/// @param rebuild make the environment anew although a healthy one is there
/// @param listing what the hosts of one operation share
/// @param push send everything that a build needs, so that the host needs no network
/// @param isOneOfMany whether the caller makes the inventory follow, once for all hosts
record Deployment(
    RunOrder order,
    Target target,
    Analysis analysis,
    Lock lock,
    boolean rebuild,
    boolean push,
    boolean isOneOfMany,
    SharedListing listing) {}
