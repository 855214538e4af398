package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// How a playbook is processed, for the commands that process one.
final class ProcessArguments {

  private final RolesPath roles = new RolesPath();
  private final ArgSpec skipLint =
      Options.flag("--skip-lint")
          .description("Don't run ansible-lint. Recorded in the spec.")
          .build();

  private final ArgSpec requireConfinement =
      Options.flag("--require-confinement")
          .description(
              "Fail if ansible-lint, which executes code of the project, cannot be confined on"
                  + " this machine.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    return roles.addTo(spec).add(skipLint).add(requireConfinement);
  }

  /// What was asked for; says aloud that lint is skipped.
  ProcessOptions options(AnsibleVenvCommand program) {
    boolean skipped = Options.isGiven(skipLint);
    if (skipped) {
      program
          .output()
          .line(
              Label.WARNING,
              "ansible-lint is skipped: nothing checks this playbook (`--skip-lint`)");
    }
    return roles.options(program, skipped, Options.isGiven(requireConfinement));
  }

  /// For answers that no linter has a part in.
  ProcessOptions withoutLint(AnsibleVenvCommand program) {
    return roles.withoutLint(program);
  }
}
