package dev.ansiblevenv.core.lock;

import java.util.Comparator;
import java.util.List;

/// Which hosts one lock can serve: all have a Python that some one ansible-core runs on.
public final class SharedLock {

  private SharedLock() {}

  /// Whether a host with these Pythons can have an environment of a lock that is made for another
  /// host's Python.
  ///
  /// @param lockedFor such as `3.9.2`; a Python that an ansible-core supports
  /// @param versions of the host, such as `3.13.5`
  public static boolean serves(String lockedFor, List<String> versions) {
    var oldest = minor(lockedFor);
    return versions.stream()
        .anyMatch(each -> oldest <= minor(each) && minor(each) <= newest(oldest));
  }

  private static int newest(int oldest) {
    return AnsibleCoreSeries.forPython("3." + oldest).stream()
        .map(AnsibleCoreSeries::newestPython)
        .max(Comparator.naturalOrder())
        .orElse(oldest);
  }

  private static int minor(String version) {
    return Integer.parseInt(version.split("\\.", -1)[1]);
  }
}
