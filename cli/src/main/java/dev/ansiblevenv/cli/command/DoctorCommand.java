package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.ToolsView;
import dev.ansiblevenv.diagnostic.BuildFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// A broken tool ends with the exit code that a deployment would end with: no environment can be
/// built.
@Command(
    name = "doctor",
    abbreviateSynopsis = true,
    description = {
      "Says of each tool on this machine where it comes from and whether it works.",
      "Ends with exit code 6 if one does not."
    },
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ansible-venv doctor", "  ansible-venv doctor --format json | jq '.tools[]'"})
final class DoctorCommand implements Runnable {

  @ParentCommand private AnsibleVenvCommand program;

  @Override
  public void run() {
    var view = new ToolsView(program.operations().doctor());
    program.output().print(view);
    if (!view.healthy()) {
      throw new BuildFailed("not every tool works", "", view.problems() + " broken, see above", "");
    }
  }
}
