package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// How a playbook is processed, for the commands that process one.
final class ProcessArguments {

  @Option(
      names = "--roles-path",
      paramLabel = "DIR",
      description =
          "Search roles here first; may be given several times, in the order of the search.")
  private final List<Path> rolesPath = new ArrayList<>();

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
    return withoutLint(program, skipLint);
  }

  /// For answers that no linter has a part in.
  ProcessOptions withoutLint(AnsibleVenvCommand program) {
    return withoutLint(program, true);
  }

  private ProcessOptions withoutLint(AnsibleVenvCommand program, boolean skip) {
    return new ProcessOptions(skip, rolesPath.stream().map(program::resolve).toList());
  }
}
