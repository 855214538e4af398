package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.requirement.BindepFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/// Gathers the packages of the operating system.
final class SystemPackages {

  private static final class Gathered {
    final SequencedSet<String> profiles = new LinkedHashSet<>();
    final SequencedSet<Because> because = new LinkedHashSet<>();
    boolean everywhere;
  }

  private final SortedMap<String, Gathered> gathered = new TreeMap<>();

  /// @param profiles as bindep writes them; empty for every platform
  void add(String name, List<String> profiles, Because because) {
    var need = gathered.computeIfAbsent(name, _ -> new Gathered());
    need.profiles.addAll(profiles);
    need.because.add(because);
    need.everywhere |= profiles.isEmpty();
  }

  /// What a collection's bindep lines ask for while it is installed.
  void addAll(List<String> lines, Because because) {
    for (var line : BindepFile.parse(String.join("\n", lines)).rules()) {
      if (line.rule().isForUse()) {
        add(line.rule().name(), line.rule().profiles(), because);
      }
    }
  }

  List<SystemPackage> all() {
    return gathered.entrySet().stream()
        .map(entry -> {
          var need = entry.getValue();
          return new SystemPackage(
              entry.getKey(),
              need.everywhere ? List.of() : List.copyOf(need.profiles),
              List.copyOf(need.because));
        })
        .toList();
  }
}
