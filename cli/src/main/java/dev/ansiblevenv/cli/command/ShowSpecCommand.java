package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.SpecView;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `show-spec`.
final class ShowSpecCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec name =
      Options.parameter(0, String.class, "NAME")
          .description("The spec's name, `PLAYBOOK_HASH8`.")
          .build();

  private ShowSpecCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new ShowSpecCommand(program);
    var spec = Usage.of(command, "show-spec", "Show a venv specification of the project.");
    spec.usageMessage()
        .footer(
            "  ansible-venv show-spec site_a1b2c3d4",
            "  ansible-venv show-spec site_a1b2c3d4 --format json | jq '.python_packages'");
    return spec.add(command.name);
  }

  @Override
  public void run() {
    program.output().print(new SpecView(program.operations().showSpec(name.getValue())));
  }
}
