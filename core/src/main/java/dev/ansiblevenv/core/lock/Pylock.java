package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.toml.Toml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a `pylock.toml` ([PEP
/// 751](https://packaging.python.org/en/latest/specifications/pylock-toml/)) installs.
///
/// @param oldestPython that it holds for, `3.11`; empty where it does not say
record Pylock(List<LockedPackage> packages, Optional<String> oldestPython) {

  private static final Pattern LOWER_BOUND = Pattern.compile("\\s*>=\\s*(3\\.[0-9]+)\\b.*");

  /// @param marker when it is installed, empty for always
  /// @param artifacts hashes of everything that may be installed as this package, or the commit it
  ///   is taken from; sorted
  record LockedPackage(String name, String version, String marker, List<String> artifacts) {

    @Override
    public String toString() {
      return String.join(
          " ", name, version, marker.isEmpty() ? "" : "; " + marker, String.join(" ", artifacts));
    }
  }

  /// A deployment asks for its one lock many times.
  private static volatile @Nullable Parsed last;

  private record Parsed(String text, Pylock lock) {}

  /// @param where the file, for errors
  /// @throws StateConflict when the text is not a lock file of a version that is understood
  static Pylock parse(String text, String where) {
    var known = last;
    if (known == null || !known.text.equals(text)) {
      known = new Parsed(text, parsed(text, where));
      last = known;
    }
    return known.lock;
  }

  private static Pylock parsed(String text, String where) {
    Map<String, Object> document;
    try {
      document = Toml.parse(text);
    } catch (Toml.Malformed e) {
      throw corrupt(where + ":" + e.line(), String.valueOf(e.getMessage()));
    }
    if (!(document.get("lock-version") instanceof String version)
        || !version.matches("1\\.[0-9]+")) {
      throw corrupt(where, "it has no lock-version 1.0");
    }
    var packages = new ArrayList<LockedPackage>();
    if (document.getOrDefault("packages", List.of()) instanceof List<?> list) {
      for (var entry : list) {
        packages.add(read(where, entry));
      }
    }
    var bound = LOWER_BOUND.matcher(text(document, "requires-python"));
    return new Pylock(
        List.copyOf(packages), bound.matches() ? Optional.of(bound.group(1)) : Optional.empty());
  }

  /// All versions under which a package is in the lock: more than one where markers tell them
  /// apart.
  List<String> versions(String name) {
    return packages.stream()
        .filter(p -> p.name.equals(name))
        .map(LockedPackage::version)
        .distinct()
        .toList();
  }

  /// The same for all lock files that install the same, whatever else they say.
  String canonical() {
    return packages.stream()
        .map(LockedPackage::toString)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static LockedPackage read(String where, Object entry) {
    if (!(entry instanceof Map<?, ?> table) || !(table.get("name") instanceof String name)) {
      throw corrupt(where, "it has a package without a name");
    }
    var artifacts = new TreeSet<String>();
    if (table.get("wheels") instanceof List<?> wheels) {
      wheels.forEach(wheel -> artifacts.addAll(hashes(where, name, wheel)));
    }
    for (var key : List.of("sdist", "archive")) {
      if (table.containsKey(key)) {
        artifacts.addAll(hashes(where, name, Objects.requireNonNull(table.get(key))));
      }
    }
    if (table.get("vcs") instanceof Map<?, ?> vcs) {
      artifacts.add("commit:" + vcs.get("commit-id") + " " + vcs.get("subdirectory"));
    }
    if (table.containsKey("directory")) {
      throw corrupt(where, "the package " + name + " is a directory of one machine");
    }
    if (artifacts.isEmpty()) {
      throw corrupt(where, "the package " + name + " has no hash");
    }
    return new LockedPackage(
        name, text(table, "version"), text(table, "marker"), List.copyOf(artifacts));
  }

  private static List<String> hashes(String where, String name, Object artifact) {
    if (artifact instanceof Map<?, ?> table
        && table.get("hashes") instanceof Map<?, ?> hashes
        && !hashes.isEmpty()) {
      return hashes.entrySet().stream().map(h -> h.getKey() + ":" + h.getValue()).toList();
    }
    throw corrupt(where, "the package " + name + " has a file without a hash");
  }

  private static String text(Map<?, ?> table, String key) {
    return table.get(key) instanceof String text ? text : "";
  }

  private static StateConflict corrupt(String where, String why) {
    return new StateConflict("is not a valid lock file", where, why, "lock again");
  }
}
