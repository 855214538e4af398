package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.core.galaxy.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A universe that a test writes down.
final class Universe implements CollectionUniverse {

  private final Map<String, Map<String, Needs>> collections = new TreeMap<>();

  Universe with(String name, String version, String... dependencies) {
    return add(name, version, Optional.empty(), dependencies);
  }

  Universe forAnsible(String specifier, String name, String version, String... dependencies) {
    return add(name, version, Optional.of(specifier), dependencies);
  }

  private Universe add(
      String name, String version, Optional<String> requiresAnsible, String... dependencies) {
    var ranges = new TreeMap<String, String>();
    for (var dependency : dependencies) {
      var parts = dependency.split(" ", 2);
      ranges.put(parts[0], parts[1]);
    }
    collections
        .computeIfAbsent(name, _ -> new TreeMap<>())
        .put(version, new Needs(ranges, requiresAnsible));
    return this;
  }

  static List<Edge> wanting(String... requirements) {
    var edges = new ArrayList<Edge>();
    for (var requirement : requirements) {
      var parts = requirement.split(" ", 2);
      edges.add(
          new Edge(parts[0], VersionRange.parse(parts[1]), "", "req.yml:" + (edges.size() + 1)));
    }
    return edges;
  }

  @Override
  public List<Candidate> candidates(String name) {
    return collections.getOrDefault(name, Map.of()).keySet().stream()
        .map(version -> SemanticVersion.parse(version).orElseThrow())
        .sorted(Comparator.reverseOrder())
        .map(version -> new Candidate(name, version, false, Optional.empty()))
        .toList();
  }

  @Override
  public Needs needs(Candidate candidate) {
    return collections
        .getOrDefault(candidate.name(), Map.of())
        .getOrDefault(candidate.version().toString(), new Needs(Map.of(), Optional.empty()));
  }
}
