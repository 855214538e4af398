package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.core.lint.LintVerdict;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is known about a playbook before anything is written.
///
/// @param lint empty when lint was skipped, could not run, or when the analysis alone makes the
///   playbook invalid
/// @param obstacle why lint could not run although it was asked for
public record PlaybookReport(
    Analysis analysis, Optional<LintVerdict> lint, Optional<Failure> obstacle) {

  /// The same with what is known of the playbook by now.
  public PlaybookReport of(Analysis later) {
    return new PlaybookReport(later, lint, obstacle);
  }

  /// What the analysis and ansible-lint found, in this order.
  public List<Finding> findings() {
    return Stream.concat(
            analysis.findings().stream(),
            lint.stream().flatMap(verdict -> verdict.findings().stream()))
        .toList();
  }

  /// Whether the playbook may be deployed.
  public boolean valid() {
    return obstacle.isEmpty()
        && analysis.findings().stream().noneMatch(Finding::fatal)
        && lint.map(LintVerdict::passed).orElse(true);
  }
}
