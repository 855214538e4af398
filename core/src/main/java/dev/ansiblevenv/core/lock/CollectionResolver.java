package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.ReleaseSpecifier;
import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.core.galaxy.VersionRange;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Chooses one version of each collection needed: a preferred one first, then newest first; the
/// collection with the fewest choices first. A choice that a later requirement contradicts is made
/// anew; where that leads nowhere, back to the nearest choice that had a part in the conflict.
/// Ranges and pre-releases mean what they mean to
/// [ansible-galaxy](https://docs.ansible.com/ansible/latest/collections_guide/collections_installing.html);
/// a version whose `requires_ansible` excludes the ansible-core at hand is not chosen.
///
/// Complete within its bound, and deterministic: ties are broken by name. As for ansible-galaxy, it
/// is a dead end when all that is required of a collection so far leaves only pre-releases that are
/// not pinned so far, though something not yet chosen might pin one.
final class CollectionResolver {

  private static final int MOST_TRIALS = 200_000;

  private final CollectionUniverse universe;
  private final String ansibleCore;
  private final Map<String, List<Edge>> bounds;
  private final Map<String, String> preferred;
  private int trials;

  CollectionResolver(CollectionUniverse universe, String ansibleCore) {
    this(universe, ansibleCore, List.of(), Map.of());
  }

  /// @param bounds of collections that are chosen only if something else requires them
  /// @param preferred versions by the collections' names
  CollectionResolver(
      CollectionUniverse universe,
      String ansibleCore,
      List<Edge> bounds,
      Map<String, String> preferred) {
    this.preferred = Map.copyOf(preferred);
    this.universe = universe;
    this.ansibleCore = ansibleCore;
    this.bounds = bounds.stream().collect(Collectors.groupingBy(Edge::name));
  }

  /// @throws Unresolvable when the bound is reached, or a server cannot be asked
  ResolverOutcome resolve(List<Edge> roots) {
    return search(Partial.EMPTY.requiring(roots));
  }

  private ResolverOutcome search(Partial partial) {
    var open = new ArrayList<Choice>();
    for (var name : partial.openNames()) {
      var choice = new Choice(name, matching(name, partial.edges(name)));
      if (choice.candidates.isEmpty()) {
        return dead(partial, name);
      }
      open.add(choice);
    }
    return open.stream()
        .min(Comparator.comparingInt((Choice c) -> c.candidates.size()).thenComparing(Choice::name))
        .map(choice -> decide(partial, choice))
        .orElseGet(() -> new ResolverOutcome.Solved(new TreeMap<>(partial.chosen)));
  }

  private ResolverOutcome decide(Partial partial, Choice choice) {
    var culprits = owners(partial.edges(choice.name));
    var contradictions = new LinkedHashSet<Contradiction>();
    for (var candidate : choice.candidates) {
      switch (attempt(partial, candidate)) {
        case ResolverOutcome.Solved solved -> {
          return solved;
        }
        case ResolverOutcome.Conflict conflict -> {
          if (!conflict.culprits().contains(choice.name)) {
            return conflict;
          }
          culprits.addAll(conflict.culprits());
          contradictions.addAll(conflict.contradictions());
        }
      }
    }
    culprits.remove(choice.name);
    return new ResolverOutcome.Conflict(culprits, contradictions);
  }

  private ResolverOutcome attempt(Partial partial, Candidate candidate) {
    if (++trials > MOST_TRIALS) {
      throw new Unresolvable(
          "gave up looking for versions of the collections that fit together",
          "",
          MOST_TRIALS + " combinations were tried",
          "pin the versions of some of them");
    }
    if (candidate.requiresAnsible().isPresent() && !fits(candidate.requiresAnsible().get())) {
      return wrongAnsible(candidate, candidate.requiresAnsible().get());
    }
    var needs = universe.needs(candidate);
    if (needs.requiresAnsible().isPresent() && !fits(needs.requiresAnsible().get())) {
      return wrongAnsible(candidate, needs.requiresAnsible().get());
    }
    List<Edge> edges;
    try {
      edges = edges(candidate, needs);
    } catch (IllegalArgumentException e) {
      return conflict(
          candidate, new Contradiction.Malformed(candidate, String.valueOf(e.getMessage())));
    }
    var next = partial.choosing(candidate).requiring(edges);
    for (var edge : edges) {
      var chosen = next.chosen.get(edge.name());
      if (chosen != null && !edge.range().contains(chosen.version())) {
        var reopened = reopened(next, edge.name());
        if (!candidate.equals(reopened.chosen.get(candidate.name()))) {
          return clash(next, edge.name(), candidate);
        }
        next = reopened;
      }
    }
    return search(next);
  }

  /// Takes back a choice that a later requirement contradicts, and each that was possible only with
  /// it: the requirement may admit a pre-release that was not among the candidates. Nothing at all
  /// is left where that choice was taken back before.
  private Partial reopened(Partial partial, String name) {
    if (partial.reopened.contains(name)) {
      return Partial.EMPTY;
    }
    var next = partial.reopening(name);
    for (var lost = lost(next); lost.isPresent(); lost = lost(next)) {
      next = next.without(lost.get());
    }
    return next;
  }

  private Optional<String> lost(Partial partial) {
    return partial.chosen.entrySet().stream()
        .filter(e -> !matching(e.getKey(), partial.edges(e.getKey())).contains(e.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private ResolverOutcome wrongAnsible(Candidate candidate, String requires) {
    return conflict(candidate, new Contradiction.WrongAnsible(candidate, requires, ansibleCore));
  }

  private static ResolverOutcome conflict(Candidate candidate, Contradiction contradiction) {
    return new ResolverOutcome.Conflict(
        Set.of(candidate.name()), new LinkedHashSet<>(List.of(contradiction)));
  }

  private ResolverOutcome dead(Partial partial, String name) {
    return conflict(owners(partial.edges(name)), partial, name);
  }

  private ResolverOutcome clash(Partial partial, String name, Candidate candidate) {
    return conflict(new HashSet<>(List.of(name, candidate.name())), partial, name);
  }

  private ResolverOutcome conflict(Set<String> culprits, Partial partial, String name) {
    var available = universe.candidates(name).stream().map(Candidate::version).toList();
    var contradiction =
        new Contradiction.NoVersion(name, withBounds(name, partial.edges(name)), available);
    return new ResolverOutcome.Conflict(culprits, new LinkedHashSet<>(List.of(contradiction)));
  }

  private boolean fits(String requiresAnsible) {
    // Ansible itself loads a collection whose requires_ansible it cannot read.
    return ReleaseSpecifier.parse(requiresAnsible).map(s -> s.accepts(ansibleCore)).orElse(true);
  }

  private static List<Edge> edges(Candidate candidate, Needs needs) {
    return new TreeMap<>(needs.dependencies())
        .entrySet().stream()
            .map(need ->
                new Edge(
                    need.getKey(),
                    VersionRange.parse(need.getValue()),
                    candidate.name(),
                    candidate.toString()))
            .toList();
  }

  private List<Candidate> matching(String name, List<Edge> required) {
    var edges = withBounds(name, required);
    var all = universe.candidates(name);
    var hasStable = all.stream().anyMatch(candidate -> !candidate.version().isPreRelease());
    var pins =
        edges.stream()
            .map(edge -> edge.range().pin())
            .flatMap(Optional::stream)
            .map(SemanticVersion::toString)
            .collect(Collectors.toSet());
    return all.stream()
        .filter(c -> edges.stream().allMatch(edge -> edge.range().contains(c.version())))
        .filter(c ->
            !c.version().isPreRelease()
                || !hasStable
                || c.isConcrete()
                || pins.contains(c.version().toString()))
        .sorted(Comparator.comparing(c -> !isPreferred(c)))
        .toList();
  }

  private boolean isPreferred(Candidate candidate) {
    return candidate.version().toString().equals(preferred.get(candidate.name()));
  }

  private List<Edge> withBounds(String name, List<Edge> required) {
    return Stream.concat(required.stream(), bounds.getOrDefault(name, List.of()).stream()).toList();
  }

  private static Set<String> owners(List<Edge> edges) {
    return edges.stream()
        .map(Edge::owner)
        .filter(owner -> !owner.isEmpty())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private record Choice(String name, List<Candidate> candidates) {}

  /// What is chosen so far, and what is required by it and by the user.
  ///
  /// @param reopened collections of which a choice was taken back: once each, or two that exclude
  ///   each other would take turns for ever
  private record Partial(
      Map<String, Candidate> chosen, Map<String, List<Edge>> required, Set<String> reopened) {

    private static final Partial EMPTY = new Partial(Map.of(), Map.of(), Set.of());

    Partial reopening(String name) {
      var more = new HashSet<>(reopened);
      more.add(name);
      return new Partial(chosen, required, more).without(name);
    }

    /// Without this choice, and without those that nothing but it led to.
    Partial without(String name) {
      var kept = new TreeMap<String, Candidate>();
      var next = new Partial(kept, Map.of(), reopened);
      var owners = new ArrayDeque<>(List.of(""));
      while (!owners.isEmpty()) {
        var owner = owners.remove();
        var edges =
            required.values().stream()
                .flatMap(List::stream)
                .filter(edge -> edge.owner().equals(owner))
                .toList();
        next = next.requiring(edges);
        for (var edge : edges) {
          var candidate = chosen.get(edge.name());
          if (candidate != null
              && !edge.name().equals(name)
              && kept.putIfAbsent(edge.name(), candidate) == null) {
            owners.add(edge.name());
          }
        }
      }
      return next;
    }

    Partial choosing(Candidate candidate) {
      var more = new TreeMap<>(chosen);
      more.put(candidate.name(), candidate);
      return new Partial(more, required, reopened);
    }

    Partial requiring(List<Edge> edges) {
      var more = new TreeMap<>(required);
      edges.forEach(edge ->
          more.merge(
              edge.name(),
              List.of(edge),
              (old, added) -> {
                var both = new ArrayList<>(old);
                both.addAll(added);
                return both;
              }));
      return new Partial(chosen, more, reopened);
    }

    List<Edge> edges(String name) {
      return required.getOrDefault(name, List.of());
    }

    List<String> openNames() {
      return required.keySet().stream().filter(name -> !chosen.containsKey(name)).toList();
    }
  }
}
