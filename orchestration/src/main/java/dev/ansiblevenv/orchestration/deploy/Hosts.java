package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.host.LocalTransport;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.inventory.InventoryHost;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How each host is reached, as the inventory says.
public final class Hosts {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

  private final Map<String, String> environment;

  public Hosts(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Does not wait: the host gets ready while the caller does other things.
  ///
  /// @throws HostUnreachable for a host that is not this machine
  HostSession connect(HostName host, Optional<InventoryHost> known) {
    var connection =
        known
            .map(inventoryHost -> inventoryHost.text("ansible_connection"))
            .orElse(THIS_MACHINE.contains(host.text()) ? "local" : "ssh");
    if (!connection.equals("local")) {
      throw new HostUnreachable(
          "cannot be reached",
          host.text(),
          "this version deploys to this machine only, and the host's connection is `"
              + connection
              + "`",
          "deploy to `localhost`");
    }
    return HostSession.open(
        new LocalTransport(host.text(), environment),
        known.map(inventoryHost -> inventoryHost.text("ansible_venv_home")).orElse(""));
  }
}
