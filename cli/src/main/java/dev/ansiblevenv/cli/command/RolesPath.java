package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Where roles are searched, for the commands that read a playbook.
final class RolesPath {

  @Option(
      names = "--roles-path",
      paramLabel = "DIR",
      description =
          "Search roles here first; may be given several times, in the order of the search.")
  private final List<Path> directories = new ArrayList<>();

  /// For answers that no linter has a part in.
  ProcessOptions withoutLint(AnsibleVenvCommand program) {
    return options(program, true);
  }

  ProcessOptions options(AnsibleVenvCommand program, boolean skipLint) {
    return new ProcessOptions(skipLint, directories.stream().map(program::resolve).toList());
  }
}
