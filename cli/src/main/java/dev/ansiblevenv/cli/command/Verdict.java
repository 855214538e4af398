package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.process.PlaybookReport;

/// Whether what `analyze` has shown is an error.
record Verdict(PlaybookReport report, String playbook) {

  /// @throws Failure when the playbook may not be deployed, or when `strict` and it holds something
  ///   that the analysis could not decide
  void enforce(boolean strict) {
    report
        .obstacle()
        .ifPresent(obstacle -> {
          throw obstacle;
        });
    if (!report.valid()) {
      throw new InvalidInput(
          "the playbook is not valid",
          playbook,
          count(findings(), "finding") + ", shown above",
          "");
    }
    int unresolved = report.analysis().unresolved().size();
    if (strict && unresolved > 0) {
      throw new InvalidInput(
          "the playbook holds what cannot be decided",
          playbook,
          count(unresolved, "use") + " under `unresolved`",
          "write the name out, or do without `--strict`");
    }
  }

  /// Those that decide. A project may let ansible-lint fail for findings that are not fatal by
  /// themselves.
  private long findings() {
    long fatal = report.findings().stream().filter(Finding::fatal).count();
    return fatal > 0 ? fatal : report.findings().size();
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
