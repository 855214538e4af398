package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.orchestration.inventory.InventoryHost;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.util.Optional;

/// A playbook, the venv it is to run in, and the host it is for.
///
/// @param known the host as the user's inventory has it
/// @param rebuild make the environment anew although a healthy one is there
record Deployment(
    RunOrder order,
    HostName host,
    Optional<InventoryHost> known,
    Analysis analysis,
    Lock lock,
    boolean rebuild) {}
