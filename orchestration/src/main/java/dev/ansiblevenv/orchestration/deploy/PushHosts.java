package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.inventory.InventoryManager;
import java.util.function.Supplier;

/// Which hosts get everything over the connection, as the project's configuration says.
public final class PushHosts {

  private final Supplier<ProjectConfiguration> configuration;
  private final InventoryManager inventory;

  public PushHosts(Supplier<ProjectConfiguration> configuration, InventoryManager inventory) {
    this.configuration = configuration;
    this.inventory = inventory;
  }

  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the configuration or the inventory is not
  ///   valid
  public boolean pushesTo(Target target) {
    var configured = configuration.get();
    return !configured.push().isEmpty()
        && configured.pushesTo(inventory.inventory().data(), target.name().text());
  }
}
