package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.ClosureFile;
import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.override.Overrides;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the readers have found so far.
final class Collected {

  private final Map<String, ClosureFile> files = new LinkedHashMap<>();
  private final Set<Reference> references = new LinkedHashSet<>();
  private final List<AdjacentPlugin> adjacentPlugins = new ArrayList<>();
  private final Set<Closure.FoundRole> roles = new LinkedHashSet<>();
  private final Set<Finding> findings = new LinkedHashSet<>();
  private final Set<List<@Nullable Object>> visited = new HashSet<>();

  private final Set<String> reached = new HashSet<>();
  private final Set<String> elsewhere = new LinkedHashSet<>();

  /// @param path of a file of tasks
  /// @param isElsewhere whether this way to it is for another operating system
  void reached(String path, boolean isElsewhere) {
    (isElsewhere ? elsewhere : reached).add(path);
  }

  Set<Reference> references() {
    return references;
  }

  List<AdjacentPlugin> adjacentPlugins() {
    return adjacentPlugins;
  }

  /// @return whether this is the first visit
  boolean visit(@Nullable Object... what) {
    return visited.add(Arrays.asList(what));
  }

  void add(String path, FileKind kind, byte[] content) {
    if (ProjectFiles.isFetched(path)) {
      return;
    }
    files.computeIfAbsent(path, name -> ClosureFile.of(name, kind, content));
  }

  void add(ClosureFile file) {
    if (!ProjectFiles.isFetched(file.path())) {
      files.putIfAbsent(file.path(), file);
    }
  }

  /// Closure-relative paths of the files.
  Set<String> names() {
    return files.keySet();
  }

  void add(Reference reference) {
    references.add(reference);
  }

  void add(AdjacentPlugin plugin) {
    adjacentPlugins.add(plugin);
  }

  void add(Closure.FoundRole role) {
    roles.add(role);
  }

  void finding(Site site, String rule, String message, boolean fatal) {
    findings.add(new Finding(new Location(site.file(), site.line(), 0), rule, message, fatal));
  }

  /// @param certain whether Ansible surely reads the file: then a fatal finding stays one
  void finding(Finding finding, boolean certain) {
    findings.add(
        new Finding(
            finding.location(), finding.rule(), finding.message(), finding.fatal() && certain));
  }

  Closure closure(
      String playbook,
      Set<String> ownCollections,
      Map<String, Path> ownRoots,
      Optional<String> home,
      Requirements requirements,
      Overrides overrides,
      List<Path> rolesPath,
      Outside outside,
      Set<String> fetchedRoles,
      CallScope call) {
    return new Closure(
        playbook,
        List.copyOf(files.values()),
        List.copyOf(references),
        List.copyOf(adjacentPlugins),
        List.copyOf(roles),
        ownCollections,
        ownRoots,
        home,
        requirements,
        overrides,
        rolesPath,
        outside,
        fetchedRoles,
        Set.copyOf(call.read()),
        List.copyOf(call.decided()),
        elsewhere.stream().filter(path -> !reached.contains(path)).collect(Collectors.toSet()),
        List.copyOf(findings));
  }
}
