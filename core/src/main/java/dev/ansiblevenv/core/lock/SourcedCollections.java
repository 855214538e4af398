package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.galaxy.VersionRange;
import dev.ansiblevenv.core.git.GitAddress;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every collection from where it is to come from: the source that the user named for it, then the
/// directories and tarballs of the project that a requirements file names without a collection,
/// then the configured servers. Repositories and URLs that it names without a collection are looked
/// into for what is not to be had otherwise.
final class SourcedCollections implements CollectionUniverse {

  private final List<CollectionRequirement> requirements;
  private final Map<String, CollectionRequirement> bounds = new HashMap<>();
  private final GalaxyClients galaxy;
  private final ProjectCollections project;
  private final boolean offline;
  private final CollectionSource configured;
  private final Map<String, Named> named = new HashMap<>();
  private final List<SourceText> localPlaces = new ArrayList<>();
  private final List<Named> remotePlaces = new ArrayList<>();
  private final MemoizedLookups<SourceText, List<FixedSource>> places;
  private final MemoizedLookups<SourceText, CollectionSource> servers;

  /// A source and who names it.
  private record Named(SourceText source, CollectionRequirement requirement) {}

  /// @param bounds say where a collection comes from, if something turns out to need it
  /// @throws InvalidInput when a source is not what it should be
  /// @throws Unresolvable when two sources are named for one collection
  SourcedCollections(
      List<CollectionRequirement> requirements,
      List<CollectionRequirement> bounds,
      GalaxyClients galaxy,
      ProjectCollections project,
      FetchedCollections fetched,
      Lookups lookups,
      boolean offline) {
    this.requirements = requirements.stream().filter(r -> !r.name().isEmpty()).toList();
    this.galaxy = galaxy;
    this.project = project;
    this.offline = offline;
    bounds.forEach(bound -> this.bounds.putIfAbsent(bound.name(), bound));
    this.configured =
        offline ? new OfflineSource(galaxy) : new GalaxySource(galaxy.configured(), lookups);
    var because = new HashMap<SourceText, String>();
    this.places =
        lookups.memoize(place ->
            switch (place) {
              case SourceText.Local(var path) -> project.read(path);
              case SourceText.Git(var address) ->
                  fetched.at(address, because.getOrDefault(place, ""));
              case SourceText.Archive(var url) -> List.of(fetched.at(url));
              case SourceText.Server _ -> List.of();
            });
    this.servers =
        lookups.memoize(server ->
            offline || !(server instanceof SourceText.Server(var client))
                ? new OfflineSource(galaxy)
                : new GalaxySource(List.of(client), lookups));
    for (var requirement : requirements) {
      if (requirement.source().isEmpty()) {
        continue;
      }
      var source = source(requirement);
      because.putIfAbsent(source, requirement.because());
      if (requirement.name().isEmpty()) {
        place(source, requirement);
      } else {
        name(source, requirement);
      }
    }
  }

  private SourceText source(CollectionRequirement requirement) {
    return SourceText.of(
        requirement.source(), requirement.range(), galaxy, project, requirement.because());
  }

  private void place(SourceText source, CollectionRequirement requirement) {
    if (source instanceof SourceText.Local) {
      localPlaces.add(source);
    } else if (!offline) {
      remotePlaces.add(new Named(source, requirement));
    }
  }

  private void name(SourceText source, CollectionRequirement requirement) {
    var isFetched = source instanceof SourceText.Git || source instanceof SourceText.Archive;
    if (offline && isFetched) {
      throw new Unresolvable(
          "cannot fetch " + requirement.source(),
          requirement.because(),
          "working offline",
          "lock once without --offline");
    }
    var earlier = named.putIfAbsent(requirement.name(), new Named(source, requirement));
    if (earlier != null && !earlier.source.equals(source)) {
      throw new Unresolvable(
          requirement.name() + " is to come from two places",
          requirement.because(),
          earlier.requirement.because() + " names another source for it",
          "name one source");
    }
  }

  @Override
  public List<Candidate> candidates(String name) {
    try {
      return source(name).candidates(name);
    } catch (Unresolvable e) {
      throw namingAllWanted(e);
    }
  }

  @Override
  public Needs needs(Candidate candidate) {
    return source(candidate.name()).needs(candidate);
  }

  LockedCollection locked(Candidate candidate) {
    var signatures =
        Stream.concat(requirements.stream(), bounds.values().stream())
            .filter(r -> r.name().equals(candidate.name()))
            .flatMap(r -> r.signatures().stream())
            .distinct()
            .toList();
    return source(candidate.name()).locked(candidate).with(signatures);
  }

  private synchronized Optional<Named> named(String name) {
    var bound = bounds.get(name);
    if (!named.containsKey(name) && bound != null && !bound.source().isEmpty()) {
      name(source(bound), bound);
    }
    return Optional.ofNullable(named.get(name));
  }

  private CollectionSource source(String name) {
    var known = named(name).orElse(null);
    if (known != null) {
      return known.source instanceof SourceText.Server
          ? servers.get(known.source)
          : fixed(known.source, known.requirement);
    }
    for (var place : localPlaces) {
      var found = among(places.get(place), name);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return remotePlaces.isEmpty() || isConfigured(name)
        ? configured
        : remotePlaces.stream()
            .flatMap(place -> among(places.get(place.source), name).stream())
            .<CollectionSource>map(found -> found)
            .findFirst()
            .orElse(configured);
  }

  private boolean isConfigured(String name) {
    try {
      return !configured.candidates(name).isEmpty();
    } catch (Unresolvable e) {
      return false;
    }
  }

  private CollectionSource fixed(SourceText place, CollectionRequirement requirement) {
    var found = places.get(place);
    return among(found, requirement.name()).orElseGet(() -> found.getFirst().named(requirement));
  }

  private static Optional<FixedSource> among(List<FixedSource> sources, String name) {
    return sources.stream().filter(one -> one.collection().name().equals(name)).findFirst();
  }

  private Failure namingAllWanted(Unresolvable e) {
    var wanted =
        requirements.stream()
            .map(r -> r.name() + " (" + r.because() + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    return new Unresolvable(e.what(), e.where(), e.why() + "; wanted: " + wanted, e.next(), e);
  }

  /// What a repository's version says is a branch, tag or commit, and no range.
  ///
  /// @throws InvalidInput when the range is none
  static VersionRange range(CollectionRequirement requirement) {
    if (GitAddress.isOne(requirement.source())) {
      return VersionRange.ANY;
    }
    try {
      return VersionRange.parse(requirement.range());
    } catch (IllegalArgumentException e) {
      throw new InvalidInput(
          "has no valid version of " + requirement.name(),
          requirement.because(),
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }
}
