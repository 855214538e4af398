package dev.ansiblevenv.orchestration;

import dev.ansiblevenv.core.session.HostListing;
import dev.ansiblevenv.core.session.VenvListing;
import dev.ansiblevenv.orchestration.tracking.HostRecord;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import java.util.ArrayList;
import java.util.List;

/// The venvs of a host as its record says and as the host itself says.
public record RefreshedHost(String hostname, List<Venv> venvs) {

  public RefreshedHost {
    venvs = List.copyOf(venvs);
  }

  /// @param path of the venv on the host
  /// @param recorded whether the host record names it
  /// @param state `ready`, `unhealthy` or `missing`
  /// @param problem what is wrong; empty when it is ready
  /// @param python version of its interpreter; empty where that is not known
  /// @param ansibleCore version; empty where that is not known
  public record Venv(
      String name,
      String path,
      boolean recorded,
      String state,
      String problem,
      String python,
      String ansibleCore) {}

  static RefreshedHost of(HostRecord record, HostListing listing) {
    var venvs = new ArrayList<Venv>();
    for (var venv : listing.venvs()) {
      venvs.add(found(venv, record.venv(venv.name()).isPresent()));
    }
    record.installedVenvs().stream()
        .filter(noted -> venvs.stream().noneMatch(venv -> venv.name().equals(noted.name())))
        .map(RefreshedHost::missing)
        .forEach(venvs::add);
    return new RefreshedHost(record.hostname(), venvs);
  }

  private static Venv found(VenvListing venv, boolean recorded) {
    return new Venv(
        venv.name(),
        venv.path(),
        recorded,
        venv.healthy() ? "ready" : "unhealthy",
        venv.problem(),
        venv.python(),
        venv.ansibleCore());
  }

  private static Venv missing(InstalledVenv noted) {
    return new Venv(
        noted.name(), noted.path(), true, "missing", "the host does not have it", "", "");
  }
}
