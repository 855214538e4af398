package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import dev.ansiblevenv.orchestration.tracking.HostName;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A venv on a host.
///
/// @param path of the venv on the host
/// @param environment digest of the environment behind it
/// @param python version of its interpreter, such as `3.11.7`
/// @param ansibleCore version
/// @param collections collection to version, as locked
/// @param installedDate local time, as in the host record
public record VenvMetadata(
    String name,
    String host,
    String path,
    String environment,
    String python,
    String ansibleCore,
    Map<String, String> collections,
    LocalDateTime installedDate) {

  static VenvMetadata of(
      InstalledVenv venv, HostName host, HostEnvironment environment, Lock lock) {
    return new VenvMetadata(
        venv.name(),
        host.text(),
        environment.path(),
        environment.digest(),
        environment.python().version(),
        environment.ansibleCore(),
        lock.collections().stream()
            .collect(
                Collectors.toMap(
                    LockedCollection::name,
                    LockedCollection::version,
                    (first, second) -> first,
                    TreeMap::new)),
        venv.installedDate());
  }
}
