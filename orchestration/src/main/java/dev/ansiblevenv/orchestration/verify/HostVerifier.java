package dev.ansiblevenv.orchestration.verify;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.core.session.VenvListing;
import dev.ansiblevenv.core.session.Verification;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.tracking.HostRecord;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import dev.ansiblevenv.orchestration.verify.VenvState.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks at every file of every venv that a host record names, and at venvs of this project that
/// the record does not name, if they can be run in. What other projects have on the host is left
/// alone.
public final class HostVerifier {

  private final SpecStorage specs;
  private final Function<String, Optional<Lock>> locks;

  /// @param locks the project's lock of a name
  public HostVerifier(SpecStorage specs, Function<String, Optional<Lock>> locks) {
    this.specs = specs;
    this.locks = locks;
  }

  /// Changes nothing.
  public List<VenvState> states(HostRecord record, HostSession session) {
    var onHost = new HashMap<String, VenvListing>();
    session.list().venvs().forEach(venv -> onHost.put(venv.name(), venv));
    var states = new ArrayList<VenvState>();
    for (var venv : record.installedVenvs()) {
      states.add(state(venv, onHost.get(venv.name()), session));
    }
    onHost.values().stream()
        .filter(venv -> record.venv(venv.name()).isEmpty())
        .filter(venv -> specs.find(venv.name()).isPresent())
        .filter(venv -> session.verify(venv.name()).status() == Verification.Status.HEALTHY)
        .map(venv ->
            new VenvState(
                venv.name(),
                Kind.UNRECORDED,
                venv.path(),
                List.of("the host record does not name it"),
                false))
        .forEach(states::add);
    return states;
  }

  private VenvState state(InstalledVenv venv, @Nullable VenvListing listed, HostSession session) {
    var found = session.verify(venv.name());
    var kind =
        switch (found.status()) {
          case HEALTHY -> Kind.HEALTHY;
          case UNHEALTHY -> Kind.UNHEALTHY;
          case ABSENT -> Kind.MISSING;
          case FOREIGN -> Kind.FOREIGN;
        };
    if (kind == Kind.HEALTHY && listed != null) {
      var lock = locks.apply(venv.name());
      if (lock.isPresent() && !lock.get().digest().equals(listed.lock())) {
        return new VenvState(
            venv.name(),
            Kind.OUTDATED,
            listed.path(),
            List.of("the project's lock has changed since it was built"),
            false);
      }
    }
    return new VenvState(
        venv.name(), kind, kind == Kind.MISSING ? "" : venv.path(), found.problems(), false);
  }
}
