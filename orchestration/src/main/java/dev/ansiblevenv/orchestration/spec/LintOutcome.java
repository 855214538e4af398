package dev.ansiblevenv.orchestration.spec;

/// What gated the spec: a verdict of ansible-lint, or the user's own word that it is to be skipped.
public sealed interface LintOutcome {

  /// @param linter name and version, `ansible-lint 26.10.1`
  record Checked(String linter, boolean passed) implements LintOutcome {}

  /// `--skip-lint` was given.
  record Skipped() implements LintOutcome {}

  /// The spec does not say, as one written by hand or by another program.
  record Unknown() implements LintOutcome {}
}
