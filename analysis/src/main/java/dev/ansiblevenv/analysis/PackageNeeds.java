package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.diagnostic.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gathers the Python packages. Needs of one package under one marker become one need with both
/// specifiers; under different markers they stay apart, for only a host can decide which applies.
final class PackageNeeds {

  private record Key(String name, String marker) {

    // Written out where every start comes by: those of records are linked anew by each process.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && name.equals(key.name) && marker.equals(key.marker);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + marker.hashCode();
    }
  }

  private static final class Gathered {
    final SequencedSet<PackageRequirement> requirements = new LinkedHashSet<>();
    final SequencedSet<Because> because = new LinkedHashSet<>();
    boolean control;
    boolean managedNode;

    Side side() {
      if (control && managedNode) {
        return Side.BOTH;
      }
      return control ? Side.CONTROL : Side.MANAGED_NODE;
    }
  }

  /// What limits a package where it is needed, and needs nothing itself.
  ///
  /// @param hashes allowed for it; empty for any
  record Bound(PackageRequirement requirement, List<String> hashes, Because because) {

    /// A URL on this machine bounds nothing that a host could install.
    boolean isPortable() {
      return !requirement.specifier().startsWith(" @ ")
          || requirement.specifier().matches(" @ (git\\+)?(https?|ssh)://.*");
    }

    PackageBound anywhere() {
      var marker = requirement.marker().isEmpty() ? "" : " ; " + requirement.marker();
      return new PackageBound(
          requirement.name(),
          requirement.name() + requirement.specifier() + marker,
          hashes,
          because);
    }
  }

  private final Map<Key, Gathered> gathered = new LinkedHashMap<>();

  void add(PackageRequirement requirement, Side side, Because because) {
    var need =
        gathered.computeIfAbsent(
            new Key(requirement.name(), requirement.marker()), _ -> new Gathered());
    need.requirements.add(requirement);
    need.because.add(because);
    need.control |= side != Side.MANAGED_NODE;
    need.managedNode |= side != Side.CONTROL;
  }

  void add(String requirement, Side side, Because because) {
    add(PackageRequirement.parse(requirement, Location.of(because.file())), side, because);
  }

  /// @param bounds one with a marker of its own holds only where that is true, so it stands as a
  ///   further need of the package
  List<PythonNeed> all(List<Bound> bounds) {
    var needs = new ArrayList<PythonNeed>();
    gathered.forEach((key, need) -> {
      var because = new LinkedHashSet<>(need.because);
      var requirements = new LinkedHashSet<>(need.requirements);
      var elsewhere = new TreeMap<String, List<Bound>>();
      for (var bound : bounds) {
        var marker = bound.requirement().marker();
        if (!bound.requirement().name().equals(key.name())) {
          continue;
        }
        because.add(bound.because());
        if (marker.isEmpty() || marker.equals(key.marker())) {
          requirements.add(bound.requirement());
        } else {
          elsewhere.computeIfAbsent(marker, _ -> new ArrayList<>()).add(bound);
        }
      }
      needs.add(
          new PythonNeed(
              key.name(), joined(requirements), key.marker(), need.side(), List.copyOf(because)));
      elsewhere.forEach((marker, conditional) -> {
        var specifier = joined(conditional.stream().map(Bound::requirement).toList());
        if (!specifier.isEmpty()) {
          needs.add(
              new PythonNeed(
                  key.name(),
                  specifier,
                  both(key.marker(), marker),
                  need.side(),
                  conditional.stream().map(Bound::because).toList()));
        }
      });
    });
    return List.copyOf(needs);
  }

  private static String both(String marker, String other) {
    return marker.isEmpty() ? other : "(" + marker + ") and (" + other + ")";
  }

  /// Extras stand once, in front. A URL says which file it is, so nothing else is to be said.
  private static String joined(Iterable<PackageRequirement> requirements) {
    var extras = new LinkedHashSet<String>();
    var clauses = new LinkedHashSet<String>();
    for (var requirement : requirements) {
      var brackets = requirement.extras();
      if (brackets.length() > 2) {
        extras.addAll(List.of(brackets.substring(1, brackets.length() - 1).split(",", -1)));
      }
      if (!requirement.specifier().isEmpty()) {
        clauses.addAll(List.of(requirement.specifier().split(",(?=[~=!<>])", -1)));
      }
    }
    var url = clauses.stream().filter(clause -> clause.startsWith(" @ ")).findFirst();
    return (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]")
        + url.orElseGet(() -> clauses.stream().collect(Collectors.joining(",")));
  }
}
