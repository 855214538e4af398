package dev.ansiblevenv.core.session;

import java.util.List;

/// What the store of a host holds.
///
/// @param runs oldest first
public record HostListing(List<VenvListing> venvs, List<RunListing> runs) {}
