package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.core.galaxy.VersionRange;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Every collection from where it is to come from: the source that the user named for it, else the
/// configured servers.
final class SourcedCollections implements CollectionUniverse {

  private final List<CollectionRequirement> requirements;
  private final CollectionSource configured;
  private final Map<String, CollectionSource> named = new HashMap<>();

  /// @throws InvalidInput when a source is not what it should be
  /// @throws Unresolvable when two sources are named for one collection, or one of a kind that is
  ///   not supported
  SourcedCollections(
      List<CollectionRequirement> requirements,
      GalaxyClients galaxy,
      ProjectCollections project,
      Lookups lookups,
      boolean offline) {
    this.requirements = requirements;
    var pins = pins(requirements);
    this.configured =
        offline ? new OfflineSource(galaxy) : new GalaxySource(galaxy.configured(), pins, lookups);
    var sources = new HashMap<String, CollectionSource>();
    var first = new HashMap<String, CollectionRequirement>();
    for (var requirement : requirements) {
      if (requirement.source().isEmpty()) {
        continue;
      }
      var earlier = first.putIfAbsent(requirement.name(), requirement);
      if (earlier == null) {
        var source =
            sources.computeIfAbsent(
                requirement.source(),
                text ->
                    switch (SourceText.of(text, galaxy, project, requirement.because())) {
                      case SourceText.Local(var path) -> project.read(path);
                      case SourceText.Server(var server) ->
                          offline
                              ? new OfflineSource(galaxy)
                              : new GalaxySource(List.of(server), pins, lookups);
                    });
        named.put(
            requirement.name(),
            source instanceof LocalSource local ? local.named(requirement) : source);
      } else if (!earlier.source().equals(requirement.source())) {
        throw new Unresolvable(
            requirement.name() + " is to come from two places",
            requirement.because(),
            earlier.because() + " names another source for it",
            "name one source");
      }
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
    return source(candidate.name()).locked(candidate);
  }

  private CollectionSource source(String name) {
    return named.getOrDefault(name, configured);
  }

  private Failure namingAllWanted(Unresolvable e) {
    var wanted =
        requirements.stream()
            .map(r -> r.name() + " (" + r.because() + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    return new Unresolvable(e.what(), e.where(), e.why() + "; wanted: " + wanted, e.next(), e);
  }

  private static Map<String, SemanticVersion> pins(List<CollectionRequirement> requirements) {
    var pins = new HashMap<String, SemanticVersion>();
    for (var requirement : requirements) {
      range(requirement).pin().ifPresent(version -> pins.put(requirement.name(), version));
    }
    return pins;
  }

  /// @throws InvalidInput when the range is none
  static VersionRange range(CollectionRequirement requirement) {
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
