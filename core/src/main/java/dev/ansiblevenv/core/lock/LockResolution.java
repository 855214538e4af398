package dev.ansiblevenv.core.lock;

/// A lock, and what a person may want to know of how it came about.
public record LockResolution(Lock lock, AnsibleCoreChoice ansibleCore) {}
