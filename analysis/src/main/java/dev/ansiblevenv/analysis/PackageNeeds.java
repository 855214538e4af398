package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.playbook.Requirements;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import dev.ansiblevenv.diagnostic.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Gathers the Python packages. Needs of one package under one marker become one need with both
/// specifiers; under different markers they stay apart, for only a host can decide which applies.
final class PackageNeeds {

  private record Key(String name, String marker) {}

  private static final class Gathered {
    final SequencedSet<String> specifiers = new LinkedHashSet<>();
    final SequencedSet<Because> because = new LinkedHashSet<>();
    boolean control;
    boolean managedNode;
  }

  private final Map<Key, Gathered> gathered = new LinkedHashMap<>();

  void add(PackageRequirement requirement, Side side, Because because) {
    var need =
        gathered.computeIfAbsent(
            new Key(requirement.name(), requirement.marker()), _ -> new Gathered());
    need.specifiers.add(requirement.extras() + requirement.specifier());
    need.because.add(because);
    need.control |= side != Side.MANAGED_NODE;
    need.managedNode |= side != Side.CONTROL;
  }

  void add(String requirement, Side side, Because because) {
    add(PackageRequirement.parse(requirement, Location.of(because.file())), side, because);
  }

  void add(Requirements requirements) {
    for (var in : requirements.packages()) {
      add(in.entry().requirement(), Side.CONTROL, because(in));
    }
  }

  private static Because because(Requirements.In<RequirementsLine.Wanted> in) {
    return new Because(
        in.file(), in.entry().line(), "requirements", in.entry().requirement().name());
  }

  /// @param constraints bound what is needed; what is not needed they leave out
  List<PythonNeed> all(List<Requirements.In<RequirementsLine.Wanted>> constraints) {
    var needs = new ArrayList<PythonNeed>();
    gathered.forEach((key, need) -> {
      for (var in : constraints) {
        var bound = in.entry().requirement();
        if (bound.name().equals(key.name())
            && (bound.marker().isEmpty() || bound.marker().equals(key.marker()))) {
          need.specifiers.add(bound.specifier());
          need.because.add(because(in));
        }
      }
      needs.add(
          new PythonNeed(
              key.name(),
              joined(need.specifiers),
              key.marker(),
              side(need),
              List.copyOf(need.because)));
    });
    return List.copyOf(needs);
  }

  private static Side side(Gathered need) {
    if (need.control && need.managedNode) {
      return Side.BOTH;
    }
    return need.control ? Side.CONTROL : Side.MANAGED_NODE;
  }

  /// Extras stand once, in front.
  private static String joined(SequencedSet<String> specifiers) {
    var extras = new LinkedHashSet<String>();
    var clauses = new LinkedHashSet<String>();
    for (var specifier : specifiers) {
      var end = specifier.startsWith("[") ? specifier.indexOf(']') + 1 : 0;
      if (end > 2) {
        extras.addAll(List.of(specifier.substring(1, end - 1).split(",", -1)));
      }
      if (end < specifier.length()) {
        clauses.add(specifier.substring(end));
      }
    }
    var brackets = extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]";
    return brackets + String.join(",", clauses);
  }
}
