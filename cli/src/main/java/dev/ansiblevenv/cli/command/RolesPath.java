package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Where roles are searched, for the commands that read a playbook.
final class RolesPath {

  private final ArgSpec directories =
      Options.several(Path.class, "DIR", "--roles-path")
          .description("Search roles here first. Repeat for more directories, in search order.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    return spec.add(directories);
  }

  /// For answers that no linter has a part in.
  ProcessOptions withoutLint(AnsibleVenvCommand program) {
    return options(program, true, false);
  }

  ProcessOptions options(AnsibleVenvCommand program, boolean skipLint, boolean confined) {
    var paths = Options.<Path>all(directories).stream().map(program::resolve).toList();
    return new ProcessOptions(skipLint, paths, CallVariables.NONE, confined);
  }
}
