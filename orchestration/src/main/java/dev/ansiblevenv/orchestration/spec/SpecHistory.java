package dev.ansiblevenv.orchestration.spec;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The specs of one playbook, one for each content that it had. The newest is the current one; an
/// edit that is reverted makes an older one the newest again.
public final class SpecHistory {

  private static final Comparator<VenvSpecification> NEWEST_FIRST =
      Comparator.comparing(VenvSpecification::currentSince)
          .reversed()
          .thenComparing(VenvSpecification::name);

  private static final Pattern NAME = Pattern.compile("(.+_)[0-9a-f]{8}");

  private final SpecStorage specs;

  public SpecHistory(SpecStorage specs) {
    this.specs = specs;
  }

  /// All specs of a playbook, newest first.
  ///
  /// @param name of one of them, which need not be stored
  /// @param sourcePlaybook project-relative
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when one of them is not valid
  public List<VenvSpecification> of(String name, String sourcePlaybook) {
    var stem = stem(name);
    return specs.names().stream()
        .filter(each -> stem(each).equals(stem))
        .flatMap(each -> specs.find(each).stream())
        .filter(spec -> spec.sourcePlaybook().equals(sourcePlaybook))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /// The spec as it has to be written to be the newest of its playbook: whatever the clock says,
  /// later than all others.
  VenvSpecification newest(VenvSpecification spec) {
    var newest = of(spec.name(), spec.sourcePlaybook()).stream().findFirst();
    if (newest.filter(each -> each.name().equals(spec.name())).isPresent()) {
      return spec.at(spec.created(), newest.get().currentSince());
    }
    var since =
        newest
            .map(each -> each.currentSince().plusSeconds(1))
            .filter(spec.created()::isBefore)
            .orElse(spec.created());
    return spec.at(since, since);
  }

  /// Writes a spec as the newest of its playbook.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure as [SpecStorage#write]
  public VenvSpecification write(VenvSpecification spec) {
    return specs.write(newest(spec));
  }

  /// Forgets a spec. Its lock is the caller's.
  public void remove(VenvSpecification spec) {
    specs.remove(spec.name());
  }

  /// What has a successor and nobody has any more. Specs that a person wrote are not among them.
  ///
  /// @param keep so many of each playbook stay in any case
  /// @param isInstalled whether a host has the venv of this name
  public List<VenvSpecification> superseded(int keep, Predicate<String> isInstalled) {
    var seen = new HashMap<String, Integer>();
    return specs.names().stream()
        .flatMap(name -> specs.find(name).stream())
        .sorted(NEWEST_FIRST)
        .filter(spec -> !spec.contentSha256().isEmpty())
        .filter(spec -> seen.merge(spec.sourcePlaybook(), 1, Integer::sum) > keep)
        .filter(spec -> !isInstalled.test(spec.name()))
        .toList();
  }

  /// The names of the newest spec of each playbook, sorted.
  public List<String> currentNames() {
    return specs.names().stream().filter(this::isCurrent).toList();
  }

  private boolean isCurrent(String name) {
    var spec = specs.find(name);
    return spec.isEmpty()
        || of(name, spec.get().sourcePlaybook()).stream()
            .findFirst()
            .filter(newest -> newest.name().equals(name))
            .isPresent();
  }

  private static String stem(String name) {
    var parts = NAME.matcher(name);
    return parts.matches() ? String.valueOf(parts.group(1)) : name;
  }
}
