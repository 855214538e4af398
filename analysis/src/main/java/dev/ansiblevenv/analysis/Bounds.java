package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.override.OverrideEntry;
import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import dev.ansiblevenv.analysis.override.Overrides;
import dev.ansiblevenv.analysis.playbook.Requirements;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.analysis.playbook.Site;
import dev.ansiblevenv.analysis.requirement.BindepFile;
import dev.ansiblevenv.analysis.requirement.CommunityDistribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What requirements files and the user's overrides make of the needs. Requirements files bound
/// what is used; what they list and nothing uses is not needed. Overrides also add and exclude.
final class Bounds {

  private static final String REQUIREMENTS = "requirements";
  private static final String OVERRIDE = "override";

  private final Requirements requirements;
  private final Overrides overrides;
  private final Set<String> elsewhere;
  private final Map<String, OverrideEntry> excludedCollections;
  private final Map<String, OverrideEntry> excludedPackages;

  /// @param elsewhere files of tasks for other operating systems
  Bounds(Requirements requirements, Overrides overrides, Set<String> elsewhere) {
    this.elsewhere = elsewhere;
    this.requirements = requirements;
    this.overrides = overrides;
    this.excludedCollections = byName(overrides.collections(Action.EXCLUDE));
    this.excludedPackages = byName(overrides.pythonPackages(Action.EXCLUDE));
  }

  private static Map<String, OverrideEntry> byName(List<? extends OverrideEntry> entries) {
    return entries.stream()
        .collect(
            Collectors.toMap(OverrideEntry::name, entry -> entry, (_, last) -> last, TreeMap::new));
  }

  /// What the user adds.
  void addTo(Needs needs) {
    for (var entry : overrides.collections(Action.ADD)) {
      needs.collection(entry.name(), because(entry));
    }
    for (var entry : overrides.pythonPackages(Action.ADD)) {
      needs.python().add(entry.requirement(), Side.of(entry.side()), because(entry));
    }
  }

  private static Because because(OverrideEntry entry) {
    return new Because(entry.file(), entry.line(), OVERRIDE, entry.name());
  }

  /// A bound of a collection: a version range or where to fetch it from.
  private record CollectionBound(
      String version, String place, boolean exact, List<String> signatures, Because because) {}

  private List<CollectionBound> of(String collection) {
    var listed =
        requirements.collections().stream()
            .filter(in -> in.entry().provides(collection))
            .map(in ->
                new CollectionBound(
                    in.entry().version(),
                    in.entry().place(),
                    !in.entry().isGalaxy(),
                    in.entry().signatures(),
                    new Because(in.file(), in.entry().line(), REQUIREMENTS, in.entry().name())));
    var decided =
        overrides.collections(Action.ADD, Action.CONSTRAIN).stream()
            .filter(entry -> entry.name().equals(collection))
            .map(entry ->
                new CollectionBound(
                    entry.entry().version(),
                    entry.entry().source(),
                    false,
                    List.of(),
                    because(entry)));
    return Stream.concat(decided, listed).toList();
  }

  /// A commit or branch of a repository says all about the version, so no range is joined to it.
  List<CollectionNeed> collections(SortedMap<String, SortedSet<Because>> used) {
    var needs = new ArrayList<CollectionNeed>();
    used.forEach((name, places) -> {
      var because = new ArrayList<>(places);
      var bounds = of(name);
      bounds.stream()
          .map(CollectionBound::because)
          .filter(place -> !because.contains(place))
          .forEach(because::add);
      var constraint =
          bounds.stream()
              .filter(CollectionBound::exact)
              .map(CollectionBound::version)
              .findFirst()
              .orElseGet(
                  () -> bounds.stream().map(CollectionBound::version).reduce("*", Bounds::both));
      var source =
          bounds.stream()
              .map(CollectionBound::place)
              .filter(place -> !place.isEmpty())
              .findFirst()
              .orElse("");
      var signatures = bounds.stream().flatMap(b -> b.signatures.stream()).distinct().toList();
      var onlyElsewhere =
          !places.isEmpty() && places.stream().allMatch(place -> elsewhere.contains(place.file()));
      needs.add(
          new CollectionNeed(
              name, constraint, source, signatures, onlyElsewhere, List.copyOf(because)));
    });
    return List.copyOf(needs);
  }

  /// What holds for whatever is installed.
  ///
  /// @param needs the collections that are used: their bounds are joined to them
  TransitiveBounds transitive(List<CollectionNeed> needs) {
    var used = needs.stream().map(CollectionNeed::name).collect(Collectors.toSet());
    var packages =
        pythonPackages().stream()
            .filter(PackageNeeds.Bound::isPortable)
            .map(PackageNeeds.Bound::anywhere)
            .filter(bound -> bound.isOnVersions() || !bound.hashes().isEmpty())
            .distinct()
            .toList();
    SortedMap<String, SortedSet<Because>> others = new TreeMap<>();
    Stream.concat(
            requirements.collections().stream()
                .filter(in -> in.entry().isNamed())
                .map(in -> in.entry().name()),
            overrides.collections(Action.ADD, Action.CONSTRAIN).stream().map(OverrideEntry::name))
        .filter(name -> !used.contains(name) && !excludedCollections.containsKey(name))
        .forEach(name -> others.put(name, Collections.emptySortedSet()));
    var collections =
        collections(others).stream()
            .filter(need -> !need.constraint().equals("*") || !need.source().isEmpty())
            .toList();
    return new TransitiveBounds(packages, collections);
  }

  /// Places of which only a look inside says which collections are there.
  List<CollectionNeed> unnamedPlaces() {
    return requirements.collections().stream()
        .filter(in -> !in.entry().isGalaxy() && !in.entry().isNamed())
        .map(in -> {
          var because = new Because(in.file(), in.entry().line(), REQUIREMENTS, in.entry().name());
          return new CollectionNeed("", in.entry().version(), in.entry().place(), List.of(because));
        })
        .distinct()
        .toList();
  }

  private static String both(String known, String more) {
    if (known.equals("*") || known.equals(more)) {
      return more;
    }
    return more.equals("*") ? known : known + "," + more;
  }

  List<PackageNeeds.Bound> pythonPackages() {
    var listed =
        requirements.packages().stream()
            .map(in -> {
              var wanted = in.entry().requirement();
              var core = CommunityDistribution.ofCore(wanted);
              return new PackageNeeds.Bound(
                  core.orElse(wanted),
                  core.isPresent() ? List.of() : in.entry().hashes(),
                  new Because(in.file(), in.entry().line(), REQUIREMENTS, wanted.name()));
            });
    var decided =
        overrides.pythonPackages(Action.CONSTRAIN).stream()
            .map(entry -> new PackageNeeds.Bound(entry.requirement(), List.of(), because(entry)));
    return Stream.concat(listed, decided).toList();
  }

  /// Lines about needed packages that only pip understands.
  List<Unresolved> unreadable(List<PythonNeed> needs) {
    var names = needs.stream().map(PythonNeed::name).collect(Collectors.toSet());
    return requirements.pipOnly().stream()
        .filter(in -> names.contains(in.entry().name()))
        .map(in -> new Unresolved(in.file(), in.entry().line(), "python", in.entry().text()))
        .toList();
  }

  /// What the project's bindep files ask for.
  void addTo(SystemPackages packages) {
    for (var in : requirements.systemPackages()) {
      packages.add(in.entry().rule().name(), in.entry().rule().profiles(), because(in));
    }
  }

  private static Because because(Requirements.In<BindepFile.Line> in) {
    return Needs.because(
        new Site(in.file(), in.entry().line()), "bindep", in.entry().rule().name());
  }

  List<CollectionNeed> withoutExcluded(List<CollectionNeed> needs) {
    return needs.stream().filter(need -> !excludedCollections.containsKey(need.name())).toList();
  }

  List<PythonNeed> withoutExcludedPackages(List<PythonNeed> needs) {
    return needs.stream().filter(need -> !excludedPackages.containsKey(need.name())).toList();
  }

  /// What is used and excluded all the same.
  List<Exclusion> excluded(List<CollectionNeed> collections, List<PythonNeed> packages) {
    var excluded = new ArrayList<Exclusion>();
    for (var need : collections) {
      var entry = excludedCollections.get(need.name());
      if (entry != null) {
        excluded.add(exclusion("collection", entry, need.because()));
      }
    }
    Set<String> names = packages.stream().map(PythonNeed::name).collect(Collectors.toSet());
    excludedPackages.forEach((name, entry) -> {
      if (names.contains(name)) {
        var because =
            packages.stream()
                .filter(need -> need.name().equals(name))
                .flatMap(need -> need.because().stream())
                .distinct()
                .toList();
        excluded.add(exclusion("python_package", entry, because));
      }
    });
    return List.copyOf(excluded);
  }

  private static Exclusion exclusion(String kind, OverrideEntry entry, List<Because> because) {
    return new Exclusion(kind, entry.name(), entry.file(), entry.line(), because);
  }
}
