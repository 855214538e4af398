package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClient;
import dev.ansiblevenv.core.galaxy.ListedVersion;
import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.core.galaxy.VersionDetail;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Galaxy servers, whose versions are taken together; where two have the same version, the earlier
/// server's is meant.
///
/// Ansible passes a server by that does not answer. Here that is an error, unless the version asked
/// for is pinned and an earlier server has it: the lock must not depend on who happened to be up.
final class GalaxySource implements CollectionSource {

  private final List<GalaxyClient> servers;
  private final Map<String, SemanticVersion> pins;
  private final MemoizedLookups<String, Listing> listings;
  private final MemoizedLookups<Candidate, VersionDetail> details;

  /// @param servers an earlier one before a later one
  /// @param pins exact versions that the user asks for
  GalaxySource(List<GalaxyClient> servers, Map<String, SemanticVersion> pins, Lookups lookups) {
    this.servers = List.copyOf(servers);
    this.pins = Map.copyOf(pins);
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
    var server = listings.get(candidate.name()).servers.get(candidate.version().toString());
    if (server == null) {
      throw new IllegalArgumentException(candidate + " is not from here");
    }
    return server;
  }

  private Listing list(String name) {
    var found = new LinkedHashMap<String, GalaxyClient>();
    var versions = new ArrayList<ListedVersion>();
    @Nullable Unresolvable failure = null;
    for (var server : servers) {
      if (failure != null) {
        break;
      }
      try {
        for (var listed : server.versions(name)) {
          if (found.putIfAbsent(listed.version().toString(), server) == null) {
            versions.add(listed);
          }
        }
      } catch (Unresolvable e) {
        failure = e;
        var pin = pins.get(name);
        if (pin == null || !found.containsKey(pin.toString())) {
          throw unanswered(server, name, e);
        }
      }
    }
    var candidates =
        versions.stream()
            .sorted(
                Comparator.comparing(ListedVersion::version)
                    .reversed()
                    .thenComparing(listed -> listed.version().toString()))
            .map(listed -> new Candidate(name, listed.version(), false, listed.requiresAnsible()))
            .toList();
    return new Listing(candidates, found);
  }

  private Unresolvable unanswered(GalaxyClient server, String name, Unresolvable cause) {
    var others =
        servers.size() == 1
            ? Optional.<String>empty()
            : Optional.of(
                "take it out of server_list if it is gone: without its answer the newest version"
                    + " is not known");
    return new Unresolvable(
        "cannot look " + name + " up",
        "Galaxy server " + server.server(),
        cause.where() + ": " + cause.why(),
        others.orElse(cause.next()),
        cause);
  }

  /// @param servers version to the server whose version it is
  private record Listing(List<Candidate> candidates, Map<String, GalaxyClient> servers) {}
}
