package dev.ansiblevenv.cli.command;

import picocli.CommandLine.Model.CommandSpec;

/// The specification of a command, up to what it understands. Made in code: reading picocli's
/// annotations took as long as everything else that a start does.
final class Usage {

  private Usage() {}

  /// @param command what runs: a `Runnable`, or a `Callable` that gives the exit code
  /// @param description lines
  static CommandSpec of(Object command, String name, String... description) {
    var spec = CommandSpec.wrapWithoutInspection(command).name(name);
    spec.usageMessage()
        .abbreviateSynopsis(true)
        .description(description)
        .parameterListHeading("%n")
        .footerHeading("%nExamples:%n");
    return spec;
  }
}
