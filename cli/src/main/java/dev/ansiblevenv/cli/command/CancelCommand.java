package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.CancelledRunView;
import dev.ansiblevenv.diagnostic.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/// `cancel`.
final class CancelCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final RunParameter run = new RunParameter();

  private CancelCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new CancelCommand(program);
    var spec =
        Usage.of(
            command,
            "cancel",
            "Stop a run and every process it started, and wait until they have ended.");
    spec.usageMessage()
        .footer("  ansible-venv cancel last", "  ansible-venv cancel 1a2b3c4d --on night2.lan");
    return command.run.addTo(spec);
  }

  @Override
  public Integer call() {
    program.output().print(new CancelledRunView(program.operations().cancel(run.name())));
    return ExitCode.DONE.number();
  }
}
