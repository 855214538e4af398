package dev.ansiblevenv.orchestration.deploy;

import static java.util.stream.Collectors.toSet;

import dev.ansiblevenv.core.lock.LockStorage;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.spec.SpecHistory;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.tracking.HostRecord;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import dev.ansiblevenv.orchestration.tracking.VenvRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The specs and locks of a project that an edit has replaced: of each playbook those that are not
/// among the newest and that no host has.
public final class SupersededSpecs {

  private final Supplier<ProjectConfiguration> configuration;
  private final SpecHistory history;
  private final LockStorage locks;
  private final VenvRegistry registry;

  /// @param configuration says how many stay; the newest where it does not
  public SupersededSpecs(
      Supplier<ProjectConfiguration> configuration,
      SpecHistory history,
      LockStorage locks,
      VenvRegistry registry) {
    this.configuration = configuration;
    this.history = history;
    this.locks = locks;
    this.registry = registry;
  }

  /// What [#remove] would remove if these were gone from that host.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Failure when a spec or a host record is not valid
  List<VenvSpecification> superseded(String host, List<String> venvs) {
    return superseded(without(host, venvs));
  }

  private static Staying without(String host, List<String> venvs) {
    return record ->
        record.hostname().equals(host) ? venv -> !venvs.contains(venv.name()) : _ -> true;
  }

  /// What [#remove] would remove after a deploy, of the deployed playbook.
  ///
  /// @param spec the deployed one, which need not be stored yet
  /// @param venvs that would be gone from that host
  /// @return their names
  /// @throws dev.ansiblevenv.diagnostic.Failure when a spec or a host record is not valid
  public List<String> after(VenvSpecification spec, String host, List<String> venvs) {
    var installed = installed(without(host, venvs));
    return history.of(spec.name(), spec.sourcePlaybook()).stream()
        .filter(each -> !each.name().equals(spec.name()) && !each.contentSha256().isEmpty())
        .skip(specsKept() - 1L)
        .map(VenvSpecification::name)
        .filter(name -> !installed.contains(name))
        .toList();
  }

  /// @return their names
  /// @throws dev.ansiblevenv.diagnostic.Failure when a spec or a host record is not valid
  public List<String> remove() {
    var going = superseded(_ -> _ -> true);
    // The lock first: a spec without one is locked again, a lock without a spec is nobody's.
    going.forEach(spec -> locks.delete(spec.name()));
    going.forEach(history::remove);
    return going.stream().map(VenvSpecification::name).toList();
  }

  private List<VenvSpecification> superseded(Staying staying) {
    return history.superseded(specsKept(), installed(staying)::contains);
  }

  private int specsKept() {
    return configuration.get().keep().orElse(1);
  }

  private Set<String> installed(Staying staying) {
    return registry.records().stream()
        .flatMap(record -> record.installedVenvs().stream().filter(staying.of(record)))
        .map(InstalledVenv::name)
        .collect(toSet());
  }

  @FunctionalInterface
  private interface Staying {
    Predicate<InstalledVenv> of(HostRecord record);
  }
}
