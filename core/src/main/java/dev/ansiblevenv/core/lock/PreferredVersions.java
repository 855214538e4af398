package dev.ansiblevenv.core.lock;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a lock that is to be kept as far as possible says.
///
/// @param ansibleCore empty where there is no such lock
/// @param collections versions by name
record PreferredVersions(Optional<String> ansibleCore, Map<String, String> collections) {

  PreferredVersions(Optional<Lock> lock) {
    this(
        lock.map(Lock::ansibleCoreVersion),
        lock.map(Lock::collections).orElse(List.of()).stream()
            .collect(Collectors.toMap(LockedCollection::name, LockedCollection::version)));
  }

  /// The same series, that of the lock first.
  List<AnsibleCoreSeries> first(List<AnsibleCoreSeries> fitting) {
    return fitting.stream().sorted(Comparator.comparing(series -> !has(series))).toList();
  }

  private boolean has(AnsibleCoreSeries series) {
    return ansibleCore.filter(version -> version.startsWith(series + ".")).isPresent();
  }

  /// Why this ansible-core was chosen, if that is because of the lock.
  Optional<String> reason(String chosen) {
    return ansibleCore.filter(chosen::equals).map(_ -> "the lock so far has it");
  }
}
