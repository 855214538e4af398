package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClient;
import dev.ansiblevenv.core.galaxy.ListedVersion;
import dev.ansiblevenv.core.galaxy.VersionDetail;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Galaxy servers. A collection comes from the first that has it, and later ones are not asked: who
/// publishes a higher version under the name of a private collection on a public server must not
/// take its place. Ansible takes the highest version of all servers.
///
/// Ansible passes a server by that does not answer. Here that is an error: the lock must not depend
/// on who happened to be up.
final class GalaxySource implements CollectionSource {

  private final List<GalaxyClient> servers;
  private final MemoizedLookups<String, Listing> listings;
  private final MemoizedLookups<Candidate, VersionDetail> details;

  /// @param servers an earlier one before a later one
  GalaxySource(List<GalaxyClient> servers, Lookups lookups) {
    this.servers = List.copyOf(servers);
    this.listings = lookups.memoize(this::list);
    this.details = lookups.memoize(c -> server(c).detail(c.name(), c.version()));
  }

  @Override
  public List<Candidate> candidates(String name) {
    return listings.get(name).candidates;
  }

  @Override
  public Needs needs(Candidate candidate) {
    var detail = details.get(candidate);
    return new Needs(detail.dependencies(), detail.requiresAnsible());
  }

  @Override
  public LockedCollection locked(Candidate candidate) {
    var detail = details.get(candidate);
    var server = server(candidate);
    return new LockedCollection(
        candidate.name(),
        candidate.version().toString(),
        server.server().url().toString(),
        detail.download().toString(),
        detail.sha256(),
        detail.size().orElseGet(() -> server.size(detail.download()).orElse(0)));
  }

  private GalaxyClient server(Candidate candidate) {
    return listings
        .get(candidate.name())
        .server
        .orElseThrow(() -> new IllegalArgumentException(candidate + " is not from here"));
  }

  private Listing list(String name) {
    for (var server : servers) {
      var versions = versions(server, name);
      if (!versions.isEmpty()) {
        return listing(name, server, versions);
      }
    }
    return new Listing(List.of(), Optional.empty());
  }

  private List<ListedVersion> versions(GalaxyClient server, String name) {
    try {
      return server.versions(name);
    } catch (Unresolvable e) {
      throw unanswered(server, name, e);
    }
  }

  private static Listing listing(String name, GalaxyClient server, List<ListedVersion> versions) {
    var candidates =
        versions.stream()
            .sorted(
                Comparator.comparing(ListedVersion::version)
                    .reversed()
                    .thenComparing(listed -> listed.version().toString()))
            .map(listed -> new Candidate(name, listed.version(), false, listed.requiresAnsible()))
            .toList();
    return new Listing(candidates, Optional.of(server));
  }

  private Unresolvable unanswered(GalaxyClient server, String name, Unresolvable cause) {
    var others =
        servers.size() == 1
            ? Optional.<String>empty()
            : Optional.of(
                "take it out of server_list if it is gone: without its answer it is not known"
                    + " whether the collection is there");
    return new Unresolvable(
        "cannot look " + name + " up",
        "Galaxy server " + server.server(),
        cause.where() + ": " + cause.why(),
        others.orElse(cause.next()),
        cause);
  }

  /// @param server that has the collection
  private record Listing(List<Candidate> candidates, Optional<GalaxyClient> server) {}
}
