package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.List;
import java.util.stream.Collectors;

/// Servers that may not be asked.
record OfflineSource(GalaxyClients galaxy) implements CollectionSource {

  @Override
  public List<Candidate> candidates(String name) {
    var servers =
        galaxy.configured().stream()
            .map(client -> client.server().toString())
            .collect(Collectors.joining(", "));
    throw new Unresolvable(
        "cannot look " + name + " up",
        "Galaxy server " + servers,
        "working offline",
        "lock once without --offline, or name tarballs of the project as sources");
  }

  @Override
  public Needs needs(Candidate candidate) {
    throw new IllegalArgumentException(candidate + " is not from here");
  }

  @Override
  public LockedCollection locked(Candidate candidate) {
    throw new IllegalArgumentException(candidate + " is not from here");
  }
}
