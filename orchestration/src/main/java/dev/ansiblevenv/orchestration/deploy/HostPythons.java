package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import java.util.Optional;

/// Which interpreter an environment on a host is built with: the one that
/// `ansible_python_interpreter` names, else the newest.
final class HostPythons {

  private HostPythons() {}

  /// Absolute path, or empty where the inventory leaves the choice.
  static String configured(Optional<InventoryHost> known) {
    return known
        .map(host -> host.text("ansible_python_interpreter"))
        .filter(path -> path.startsWith("/"))
        .orElse("");
  }

  static HostPython choose(HostSession session, Optional<InventoryHost> known) {
    var facts = session.factsWithPythons();
    var configured = configured(known);
    return facts.pythons().stream()
        .filter(python -> configured.isEmpty() || python.path().equals(configured))
        .findFirst()
        .orElseThrow(() ->
            new HostUnreachable(
                "has no Python that an environment can be built with",
                facts.hostname(),
                configured.isEmpty()
                    ? "ansible-core needs CPython 3.9 or newer"
                    : "`ansible_python_interpreter` is " + configured,
                "install one, for example `apt install python3`"));
  }
}
