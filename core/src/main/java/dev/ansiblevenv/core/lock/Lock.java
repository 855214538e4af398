package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Exact versions with hashes of everything an environment holds.
///
/// @param pylock the text of `pylock.toml` (PEP 751)
/// @param collections transitively closed, sorted by name
/// @param roles that travel with a run, sorted by name; no part of the environment
public record Lock(String pylock, List<LockedCollection> collections, List<LockedRole> roles) {

  public Lock {
    collections =
        collections.stream().sorted(Comparator.comparing(LockedCollection::name)).toList();
    roles = roles.stream().sorted(Comparator.comparing(LockedRole::name)).toList();
  }

  /// Without roles.
  public Lock(String pylock, List<LockedCollection> collections) {
    this(pylock, collections, List.of());
  }

  /// The same with exactly these roles.
  public Lock with(List<LockedRole> locked) {
    return new Lock(pylock, collections, locked);
  }

  /// SHA-256 over what gets installed, 64 lower-case hex digits: the packages' versions, markers
  /// and hashes, the collections' names and hashes. Where they are fetched from, comments and
  /// layout do not count.
  ///
  /// @throws StateConflict when `pylock` is not a lock file
  public String digest() {
    var installed =
        collections.stream()
            .map(collection -> collection.name() + " " + collection.sha256())
            .collect(
                Collectors.joining(
                    "\n", Pylock.parse(pylock, "pylock.toml").canonical() + "\n\n", "\n"));
    return Sha256.of(installed.getBytes(StandardCharsets.UTF_8));
  }

  /// All versions of a Python package in it: more than one where markers tell them apart.
  ///
  /// @param name normalised as PEP 503 says
  /// @throws StateConflict when `pylock` is not a lock file
  public List<String> packageVersions(String name) {
    return Pylock.parse(pylock, "pylock.toml").versions(name);
  }

  /// The versions of every Python package in it, by normalised name.
  ///
  /// @throws StateConflict when `pylock` is not a lock file
  public SortedMap<String, List<String>> packages() {
    var parsed = Pylock.parse(pylock, "pylock.toml");
    var packages = new TreeMap<String, List<String>>();
    parsed.packages().forEach(each -> packages.put(each.name(), parsed.versions(each.name())));
    return packages;
  }

  /// The oldest Python that it holds for, such as `3.11`; empty when it does not say.
  ///
  /// @throws StateConflict when `pylock` is not a lock file
  public Optional<String> oldestPython() {
    return Pylock.parse(pylock, "pylock.toml").oldestPython();
  }

  /// Whether it has, in some version, all of these.
  ///
  /// @param packages normalised as PEP 503 says
  /// @throws StateConflict when `pylock` is not a lock file
  public boolean has(Collection<String> collectionNames, Collection<String> packages) {
    var names = collections.stream().map(LockedCollection::name).collect(Collectors.toSet());
    var parsed = Pylock.parse(pylock, "pylock.toml");
    return names.containsAll(collectionNames)
        && packages.stream().noneMatch(name -> parsed.versions(name).isEmpty());
  }

  /// The one ansible-core in it.
  ///
  /// @throws StateConflict when there is none, or more than one
  public String ansibleCoreVersion() {
    var versions = Pylock.parse(pylock, "pylock.toml").versions("ansible-core");
    if (versions.size() != 1) {
      throw new StateConflict(
          "is not a lock of an Ansible environment",
          "pylock.toml",
          versions.isEmpty()
              ? "it has no ansible-core"
              : "it has more than one ansible-core: " + String.join(", ", versions),
          "lock again");
    }
    return versions.getFirst();
  }
}
