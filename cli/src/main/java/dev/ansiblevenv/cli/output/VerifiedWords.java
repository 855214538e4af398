package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.verify.HostVerification;
import java.util.List;
import java.util.Map;

/// The records of many hosts held against them.
public record VerifiedWords() implements HostWords<HostVerification> {

  @Override
  public Map<String, Object> document(HostVerification verification) {
    return new VerificationView(verification).document();
  }

  @Override
  public List<String> columns() {
    return List.of("NAME", "STATE");
  }

  @Override
  public List<List<String>> rows(HostVerification verification) {
    return verification.venvs().stream()
        .map(venv -> List.of(venv.name(), VerificationView.state(venv)))
        .toList();
  }

  @Override
  public List<String> below(HostVerification verification) {
    return new VerificationView(verification).text().lines().toList();
  }
}
