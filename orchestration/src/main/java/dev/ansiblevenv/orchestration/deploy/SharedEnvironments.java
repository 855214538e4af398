package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.session.VenvListing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What removing venvs gives back, one after the other: an environment goes with the last venv that
/// leads to it.
final class SharedEnvironments {

  private final Map<String, VenvListing> venvs = new HashMap<>();

  SharedEnvironments(List<VenvListing> venvs) {
    venvs.forEach(venv -> this.venvs.put(venv.name(), venv));
  }

  /// @return bytes; 0 for a venv that is not there, or whose environment another one needs
  long givenBackBy(String venv) {
    var gone = venvs.remove(venv);
    return gone == null
            || venvs.values().stream().anyMatch(other -> other.digest().equals(gone.digest()))
        ? 0
        : gone.bytes();
  }
}
