package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.core.host.LocalTransport;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.inventory.InventoryManager;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.util.Map;

/// How each host is reached, as the inventory says.
public final class Hosts {

  private final Map<String, String> environment;
  private final InventoryManager inventory;

  public Hosts(Map<String, String> environment, InventoryManager inventory) {
    this.environment = environment;
    this.inventory = inventory;
  }

  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the text cannot name a host
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the inventory cannot be read
  public Target find(String host) {
    var name = HostName.of(host);
    var known = inventory.lookup(name.text());
    return new Target(known.map(entry -> HostName.of(entry.name())).orElse(name), known);
  }

  /// Does not wait: the host gets ready while the caller does other things.
  ///
  /// @throws HostUnreachable for a host that is not this machine
  public HostSession connect(Target target) {
    var host = target.name();
    var known = target.known();
    var connection =
        known
            .map(entry -> entry.text("ansible_connection"))
            .orElse(Localhost.isLocal(host.text()) ? "local" : "ssh");
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
        known.map(entry -> entry.text("ansible_venv_home")).orElse(""));
  }
}
