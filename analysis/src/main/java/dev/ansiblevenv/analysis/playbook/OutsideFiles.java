package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.formats.file.Boundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files and directories above the project that its files name by a relative path, such as
/// `vars_files: ../../shared/vars.yml`. They keep their place relative to the project wherever a
/// run takes place. An absolute path is the business of the machine where the run takes place.
final class OutsideFiles {

  private static final String PREFIX = "above:";

  private final Path project;
  private final Boundary boundary;
  private final Set<Path> found = new LinkedHashSet<>();
  private final Set<String> unclear = new LinkedHashSet<>();
  private final Set<String> absolute = new LinkedHashSet<>();

  OutsideFiles(Path project, Boundary boundary) {
    this.project = project;
    this.boundary = boundary;
  }

  void noteAbsolute(String named) {
    absolute.add(named);
  }

  /// @param path outside of all known directories
  /// @param named as a file of the project names it
  boolean admit(Path path, String named) {
    if (boundary.isClosed() || project.startsWith(path) || !Files.exists(path)) {
      return false;
    }
    if (isAbsolute(named)) {
      return false;
    }
    found.add(path);
    return true;
  }

  /// `{{ playbook_dir }}/../x` is as good as a relative path.
  boolean isAbsolute(String named) {
    return named.startsWith("/") && !named.startsWith(project + "/");
  }

  /// Where a name with unknown parts leads as far as it is known; null where that is no directory
  /// above the project.
  @Nullable Path place(Path directory, String pattern) {
    var known = pattern.substring(0, pattern.indexOf(Value.ANY));
    var place = FileSearch.resolved(directory, known.substring(0, known.lastIndexOf('/') + 1));
    return place == null
            || boundary.isClosed()
            || isAbsolute(pattern)
            || place.startsWith(project)
            || !Files.isDirectory(place)
        ? null
        : place;
  }

  void noteUnclear(String pattern) {
    unclear.add(pattern.replace(Value.ANY, '*'));
  }

  /// The closure-relative path of what was admitted.
  @Nullable String name(Path path) {
    return found.stream().anyMatch(path::startsWith) ? PREFIX + project.relativize(path) : null;
  }

  Set<Path> found() {
    return found;
  }

  List<String> unclear() {
    return List.copyOf(unclear);
  }

  List<String> absolute() {
    return List.copyOf(absolute);
  }
}
