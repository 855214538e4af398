package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import dev.ansiblevenv.cli.variables.ExtraVars;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `-e`, `--extra-vars`.
final class VariableArguments {

  private final ArgSpec extraVars =
      Options.several(String.class, "VARS", "-e", "--extra-vars")
          .description(
              "Extra variables: `key=value`, JSON, YAML in braces, or `@file`. Every user of"
                  + " this machine can read the command line, so pass secrets as `@file`, or as `@-`"
                  + " on standard input.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    return spec.add(extraVars);
  }

  /// Reads files, and standard input: to be called once.
  CallVariables read(AnsibleVenvCommand program) {
    var console = program.console();
    return new CallVariables(
        new ExtraVars(console.workingDirectory(), console.home(), console.in())
            .of(Options.all(extraVars)));
  }
}
