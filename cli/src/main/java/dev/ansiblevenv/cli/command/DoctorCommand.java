package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.ToolsView;
import dev.ansiblevenv.diagnostic.BuildFailed;
import picocli.CommandLine.Model.CommandSpec;

/// `doctor`. A broken tool ends with the exit code that a deployment would end with: no environment
/// can be built.
final class DoctorCommand implements Runnable {

  private final AnsibleVenvCommand program;

  private DoctorCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var spec =
        Usage.of(
            new DoctorCommand(program),
            "doctor",
            "Show where each tool on this machine comes from and whether it works.",
            "Exits with 6 if one doesn't.");
    spec.usageMessage()
        .footer("  ansible-venv doctor", "  ansible-venv doctor --format json | jq '.tools[]'");
    return spec;
  }

  @Override
  public void run() {
    var view = new ToolsView(program.operations().doctor());
    program.output().print(view);
    if (!view.healthy()) {
      throw new BuildFailed("not every tool works", "", view.problems() + " broken, see above", "");
    }
  }
}
