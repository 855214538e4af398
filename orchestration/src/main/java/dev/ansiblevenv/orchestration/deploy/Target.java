package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.util.Optional;

/// The host that the user means: an alias and its `ansible_host` are one.
///
/// @param name as the inventory has it, else as the user wrote it
/// @param known with its groups and variables, where the inventory has it
/// @param forwardsAgent whether a connection to it brings the caller's ssh agent along
public record Target(HostName name, Optional<InventoryHost> known, boolean forwardsAgent) {

  public Target(HostName name, Optional<InventoryHost> known) {
    this(name, known, false);
  }

  /// @param asked whether the agent is to be brought along
  public Target forwardingAgent(boolean asked) {
    return new Target(name, known, asked);
  }
}
