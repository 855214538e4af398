package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.SpecView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "show-spec",
    abbreviateSynopsis = true,
    description = "Shows a venv specification of the project.",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ansible-venv show-spec site_a1b2c3d4",
      "  ansible-venv show-spec site_a1b2c3d4 --format json | jq '.python_packages'"
    })
final class ShowSpecCommand implements Runnable {

  @ParentCommand private AnsibleVenvCommand program;

  @Parameters(paramLabel = "NAME", description = "The spec's name, `PLAYBOOK_HASH8`.")
  private String name;

  @Override
  public void run() {
    program.output().print(new SpecView(program.operations().showSpec(name)));
  }
}
