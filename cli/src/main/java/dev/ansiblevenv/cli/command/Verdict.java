package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.diagnostic.Failure;
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
          count(report.findings().size(), "finding") + ", shown above",
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

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
