package dev.ansiblevenv.analysis.override;

import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What users decide themselves about one playbook's needs. Where an entry adds what another
/// excludes, the nearer one wins: the file nearer to the playbook, and in one file what stands
/// under the playbook's name.
public record Overrides(List<OverrideEntry> entries) {

  public static final Overrides NONE = new Overrides(List.of());

  /// @param levels the nearest last
  static Overrides of(List<List<OverrideEntry>> levels) {
    var entries = new ArrayList<OverrideEntry>();
    for (var level : levels) {
      entries.removeIf(known -> level.stream().anyMatch(entry -> contradicts(entry, known)));
      entries.addAll(level);
    }
    return new Overrides(List.copyOf(entries));
  }

  /// All entries of several files, the nearest last.
  public static Overrides join(List<Overrides> files) {
    return of(files.stream().map(Overrides::entries).toList());
  }

  static boolean contradicts(OverrideEntry entry, OverrideEntry other) {
    return entry.getClass() == other.getClass()
        && entry.name().equals(other.name())
        && (entry.action() == Action.EXCLUDE) != (other.action() == Action.EXCLUDE);
  }

  /// Entries about collections.
  public List<OverrideEntry.Collection> collections(Action... actions) {
    return of(OverrideEntry.Collection.class, actions);
  }

  /// Entries about Python packages.
  public List<OverrideEntry.PythonPackage> pythonPackages(Action... actions) {
    return of(OverrideEntry.PythonPackage.class, actions);
  }

  public List<OverrideEntry.Plugin> plugins() {
    return of(OverrideEntry.Plugin.class, Action.ADD);
  }

  public List<OverrideEntry.Role> roles() {
    return of(OverrideEntry.Role.class, Action.ADD);
  }

  private <T extends OverrideEntry> List<T> of(Class<T> type, Action... actions) {
    Predicate<OverrideEntry> wanted = entry -> List.of(actions).contains(entry.action());
    return entries.stream().filter(wanted).filter(type::isInstance).map(type::cast).toList();
  }

  /// What the content hash covers: the entries, not where they stand. Empty when there are none.
  public String content() {
    return entries.stream()
        .map(entry -> entry.action().word() + " " + entry.content() + "\n")
        .sorted()
        .distinct()
        .collect(Collectors.joining());
  }

  /// The entries that stand in one file.
  public Overrides in(String file) {
    return new Overrides(entries.stream().filter(entry -> entry.file().equals(file)).toList());
  }
}
