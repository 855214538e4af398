package dev.ansiblevenv.orchestration.verify;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.BuildFailed;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.orchestration.deploy.HostVenvs;
import dev.ansiblevenv.orchestration.deploy.Target;
import dev.ansiblevenv.orchestration.inventory.InventorySync;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.tracking.HostTracker;
import dev.ansiblevenv.orchestration.verify.VenvState.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Makes a host have what its record names, as the project's locks say, and else makes the record
/// say what the host has. What this program did not make is never touched.
public final class VenvRepair {

  private final HostVenvs venvs;
  private final HostTracker tracker;
  private final InventorySync sync;
  private final Function<String, Optional<Lock>> locks;

  /// @param locks the project's lock of a name
  public VenvRepair(
      HostVenvs venvs,
      HostTracker tracker,
      InventorySync sync,
      Function<String, Optional<Lock>> locks) {
    this.venvs = venvs;
    this.tracker = tracker;
    this.sync = sync;
    this.locks = locks;
  }

  /// One venv that cannot be repaired keeps its state and says why; the others are.
  ///
  /// @throws Failure when the host can no longer be asked, or the record cannot be written
  public List<VenvState> repaired(
      Target target, List<VenvState> states, HostSession session, Consumer<Progress> progress) {
    var repaired =
        states.stream().map(state -> repaired(target, state, session, progress)).toList();
    sync.follow(List.of(target.name()))
        .forEach(note -> progress.accept(new Progress.Warning(note)));
    return repaired;
  }

  private VenvState repaired(
      Target target, VenvState state, HostSession session, Consumer<Progress> progress) {
    return switch (state.kind()) {
      case HEALTHY -> state;
      case UNRECORDED -> {
        tracker.add(target.name(), state.name(), state.path());
        yield state.mended("noted in the host record");
      }
      case FOREIGN -> forgotten(target, state, "it stays on the host");
      case MISSING, UNHEALTHY, OUTDATED ->
          locks
              .apply(state.name())
              .map(lock -> rebuilt(target, state, lock, session, progress))
              .orElseGet(
                  () -> forgotten(target, state, "the project has no lock to build it from"));
    };
  }

  private VenvState forgotten(Target target, VenvState state, String why) {
    tracker.remove(target.name(), state.name());
    return state.mended("taken out of the host record: " + why);
  }

  private VenvState rebuilt(
      Target target, VenvState state, Lock lock, HostSession session, Consumer<Progress> progress) {
    progress.accept(new Progress.Step("Repairing " + state.name()));
    try {
      var unhealthy = state.kind() == Kind.UNHEALTHY;
      venvs.ensure(target, state.name(), lock, unhealthy, false, session, progress);
      return state.mended("made again from the project's lock");
    } catch (BuildFailed | Unresolvable | StateConflict failure) {
      return state.stays("cannot be repaired: " + failure.what() + ": " + failure.why());
    }
  }
}
