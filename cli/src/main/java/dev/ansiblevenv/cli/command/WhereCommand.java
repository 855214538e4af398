package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.WhereView;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `where`.
final class WhereCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec venv =
      Options.parameter(0, String.class, "VENV").description("The name of the venv.").build();

  private WhereCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new WhereCommand(program);
    var spec =
        Usage.of(command, "where", "List the hosts that have a venv, from the host records.");
    spec.usageMessage().footer("  ansible-venv where site_c7f73d79");
    return spec.add(command.venv);
  }

  @Override
  public void run() {
    String name = venv.getValue();
    var view = new WhereView(name, program.operations().hostsWith(name));
    program.output().print(view);
    if (view.hosts().isEmpty()) {
      program.output().note("no host has `" + name + "`");
    }
  }
}
