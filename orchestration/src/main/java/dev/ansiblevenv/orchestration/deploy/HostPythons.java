package dev.ansiblevenv.orchestration.deploy;

import static java.util.stream.Collectors.joining;

import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.PythonPackages;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.List;
import java.util.Optional;

/// Which interpreter an environment on a host is built with: the one that
/// `ansible_python_interpreter` names, else the newest.
public final class HostPythons {

  private HostPythons() {}

  /// Absolute path, or empty where the inventory leaves the choice.
  static String configured(Optional<InventoryHost> known) {
    return known
        .map(host -> host.text("ansible_python_interpreter"))
        .filter(path -> path.startsWith("/"))
        .orElse("");
  }

  public static HostPython choose(HostSession session, Optional<InventoryHost> known) {
    return fitting(session, known).getFirst();
  }

  /// All that an environment can be built with, newest first.
  public static List<String> versions(HostSession session, Optional<InventoryHost> known) {
    return fitting(session, known).stream().map(HostPython::version).toList();
  }

  /// The one that the host itself would build the environment of a lock with.
  ///
  /// @throws Unresolvable when the lock allows none of them
  public static HostPython choose(HostSession session, Optional<InventoryHost> known, Lock lock) {
    var packages = PythonPackages.of(lock);
    var offered = fitting(session, known);
    return offered.stream()
        .filter(python -> packages.admits(python.version()))
        .findFirst()
        .orElseThrow(() ->
            new Unresolvable(
                "the lock does not fit the host",
                known.map(InventoryHost::name).orElse(""),
                "it requires Python "
                    + packages.requiresPython()
                    + ", and there is "
                    + offered.stream().map(HostPython::version).collect(joining(", ")),
                "install one, or lock again for this host's Python"));
  }

  private static List<HostPython> fitting(HostSession session, Optional<InventoryHost> known) {
    var configured = configured(known);
    var facts =
        configured.isEmpty() ? session.factsWithPythons() : session.factsWithPython(configured);
    if (facts.pythons().isEmpty()) {
      throw new HostUnreachable(
          "has no Python that an environment can be built with",
          facts.hostname(),
          configured.isEmpty()
              ? "the newest there is "
                  + facts.agentPython().version()
                  + ", and no ansible-core that is chosen runs on an older one than 3.9"
              : "`ansible_python_interpreter` is "
                  + configured
                  + ", which is no CPython 3.9 or newer",
          "install Python 3.9 or newer beside it (3.12 or newer for the newest ansible-core), or name"
              + " one that is there in `ansible_python_interpreter`");
    }
    return facts.pythons();
  }
}
