package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.override.OverrideFile;
import dev.ansiblevenv.analysis.playbook.Site;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the references of a closure come to, gathered in a stable order.
final class Needs {

  private static final Comparator<Because> BY_PLACE =
      Comparator.comparing(Because::file)
          .thenComparingInt(Because::line)
          .thenComparing(Because::kind)
          .thenComparing(Because::name);

  private final SortedSet<String> plugins = new TreeSet<>();
  private final SortedMap<String, SortedSet<Because>> collections = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> pluginsOfCollection = new TreeMap<>();
  private final Set<Unresolved> unresolved = new LinkedHashSet<>();
  private final Set<Retirement> removed = new LinkedHashSet<>();
  private final Set<Retirement> deprecated = new LinkedHashSet<>();
  private final Set<Finding> findings = new LinkedHashSet<>();
  private final SortedMap<String, RoleNeed> roles = new TreeMap<>();
  private final Map<String, SortedSet<Because>> reasonsOfRole = new HashMap<>();

  private final PackageNeeds python = new PackageNeeds();
  private final SystemPackages system = new SystemPackages();

  static Because because(Site site, String kind, String name) {
    var isOverride = Path.of(site.file()).endsWith(OverrideFile.NAME);
    return new Because(site.file(), site.line(), isOverride ? "override" : kind, name);
  }

  void plugin(String fqcn) {
    plugins.add(fqcn);
  }

  void collection(String name, Because because) {
    collections.computeIfAbsent(name, _ -> new TreeSet<>(BY_PLACE)).add(because);
  }

  void pluginOfCollection(String collection, String plugin) {
    pluginsOfCollection.computeIfAbsent(collection, _ -> new TreeSet<>()).add(plugin);
  }

  PackageNeeds python() {
    return python;
  }

  SystemPackages system() {
    return system;
  }

  /// Says of each collection whose plugins are used that what they import is not known.
  void unknownPythonPackages() {
    pluginsOfCollection.forEach((collection, names) -> {
      var places = collections.get(collection);
      if (places != null) {
        var first = places.first();
        unresolved.add(
            new Unresolved(
                first.file(),
                first.line(),
                "python",
                "Python packages of "
                    + collection
                    + "'s plugins "
                    + String.join(", ", names)
                    + " are not known"));
      }
    });
  }

  void role(String name, String source, String version, Because because) {
    role(new RoleNeed(name, source, version, List.of()), because);
  }

  void role(RoleNeed role, Because because) {
    reasonsOfRole.computeIfAbsent(role.name(), _ -> new TreeSet<>(BY_PLACE)).add(because);
    roles.put(role.name(), role);
  }

  void unresolved(Site site, String kind, String expression) {
    unresolved.add(new Unresolved(site.file(), site.line(), kind, expression));
  }

  void unresolved(Unresolved use) {
    unresolved.add(use);
  }

  void removed(Site site, String name, String message) {
    removed.add(new Retirement(site.file(), site.line(), name, message));
  }

  void deprecated(Site site, String name, String message) {
    deprecated.add(new Retirement(site.file(), site.line(), name, message));
  }

  void finding(Site site, String rule, String message, boolean fatal) {
    findings.add(new Finding(new Location(site.file(), site.line(), 0), rule, message, fatal));
  }

  void findings(List<Finding> more) {
    findings.addAll(more);
  }

  List<String> plugins() {
    return List.copyOf(plugins);
  }

  SortedMap<String, SortedSet<Because>> collections() {
    return collections;
  }

  List<RoleNeed> roles() {
    return roles.values().stream()
        .map(role ->
            new RoleNeed(
                role.name(),
                role.source(),
                role.version(),
                role.isMissing(),
                List.copyOf(Objects.requireNonNull(reasonsOfRole.get(role.name())))))
        .toList();
  }

  List<Unresolved> unresolved() {
    return sorted(
        unresolved,
        Comparator.comparing(Unresolved::file)
            .thenComparingInt(Unresolved::line)
            .thenComparing(Unresolved::kind)
            .thenComparing(Unresolved::expression));
  }

  List<Retirement> removed() {
    return sorted(removed, byPlace());
  }

  List<Retirement> deprecated() {
    return sorted(deprecated, byPlace());
  }

  List<Finding> findings() {
    return sorted(
        findings,
        Comparator.comparing((Finding finding) -> finding.location().file())
            .thenComparingInt(finding -> finding.location().line())
            .thenComparing(Finding::rule)
            .thenComparing(Finding::message));
  }

  private static Comparator<Retirement> byPlace() {
    return Comparator.comparing(Retirement::file)
        .thenComparingInt(Retirement::line)
        .thenComparing(Retirement::name);
  }

  private static <T> List<T> sorted(Set<T> items, Comparator<T> order) {
    var list = new ArrayList<>(items);
    list.sort(order);
    return List.copyOf(list);
  }
}
