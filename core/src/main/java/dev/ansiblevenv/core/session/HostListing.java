package dev.ansiblevenv.core.session;

import java.time.Instant;
import java.util.List;

/// What the store of a host holds.
///
/// @param runs oldest first
/// @param now by the host's clock, as all its times are
public record HostListing(List<VenvListing> venvs, List<RunListing> runs, Instant now) {}
