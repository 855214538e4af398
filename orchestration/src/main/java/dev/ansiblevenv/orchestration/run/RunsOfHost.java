package dev.ansiblevenv.orchestration.run;

import dev.ansiblevenv.core.session.RunListing;
import java.util.List;

/// The runs that a host has on record.
///
/// @param runs oldest first
public record RunsOfHost(String hostname, List<RunListing> runs) {

  public RunsOfHost {
    runs = List.copyOf(runs);
  }
}
