package dev.ansiblevenv.orchestration.verify;

import java.util.List;

/// A host record held against its host.
public record HostVerification(String hostname, List<VenvState> venvs) {

  public HostVerification {
    venvs = List.copyOf(venvs);
  }

  public boolean isRight() {
    return venvs.stream().allMatch(VenvState::isRight);
  }
}
