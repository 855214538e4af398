package dev.ansiblevenv.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// `bundle`, which is nothing without one of its own commands.
final class BundleCommand implements Runnable {

  private final CommandSpec spec;

  private BundleCommand() {
    spec =
        Usage.of(
            this,
            "bundle",
            "Pack everything that environments are built from into one file, for machines"
                + " without a network.");
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new BundleCommand();
    command
        .spec
        .usageMessage()
        .commandListHeading("%nCommands:%n")
        .footer(
            "  ansible-venv bundle create torrent torrent.tar --host night2.lan",
            "  ansible-venv bundle load torrent.tar night2.lan");
    return command
        .spec
        .addSubcommand("create", BundleCreateCommand.spec(program))
        .addSubcommand("load", BundleLoadCommand.spec(program));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: create or load");
  }
}
