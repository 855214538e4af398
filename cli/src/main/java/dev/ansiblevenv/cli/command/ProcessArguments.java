package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a playbook is processed, for the commands that process one.
final class ProcessArguments {

  @Mixin private RolesPath roles;

  @Option(
      names = "--skip-lint",
      description = "Do without the verdict of ansible-lint. Recorded in the spec.")
  private boolean skipLint;

  /// What was asked for; says aloud that lint is skipped.
  ProcessOptions options(AnsibleVenvCommand program) {
    if (skipLint) {
      program
          .output()
          .line(
              Label.WARNING,
              "ansible-lint is skipped: nothing checks this playbook (`--skip-lint`)");
    }
    return roles.options(program, skipLint);
  }

  /// For answers that no linter has a part in.
  ProcessOptions withoutLint(AnsibleVenvCommand program) {
    return roles.withoutLint(program);
  }
}
