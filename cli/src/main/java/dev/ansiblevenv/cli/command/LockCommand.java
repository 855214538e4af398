package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.LocksView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.orchestration.lock.LockOrder;
import dev.ansiblevenv.orchestration.lock.LockReport;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `lock`.
final class LockCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec subjects =
      Options.parameters("PLAYBOOK|NAME")
          .description(
              "Playbooks, and names of profiles and specs. Without any: all profiles and specs of"
                  + " the project.")
          .build();
  private final ArgSpec upgrade =
      Options.flag("--upgrade").description("Resolve anew what has a lock that fits.").build();
  private final ArgSpec dryRun =
      Options.flag("--dry-run").description("Only say what would change.").build();
  private final ArgSpec python =
      Options.one(String.class, "VERSION", "--python")
          .description(
              "The oldest Python of the hosts, such as 3.12. Without it: that of the lock so far,"
                  + " else this machine's.")
          .build();
  private final ProcessArguments process = new ProcessArguments();
  private final VariableArguments variables = new VariableArguments();

  private LockCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new LockCommand(program);
    var spec =
        Usage.of(
            command,
            "lock",
            "Makes the locks that are missing, and says whether those that are there still fit."
                + " A call that fails writes nothing.");
    spec.usageMessage()
        .footer(
            "  ansible-venv lock site.yml --python 3.11",
            "  ansible-venv lock --upgrade torrent",
            "  ansible-venv lock --upgrade --dry-run --format json | jq '.locks[].changes'");
    spec.add(command.subjects).add(command.upgrade).add(command.dryRun).add(command.python);
    return command.variables.addTo(command.process.addTo(spec));
  }

  @Override
  public void run() {
    var view = new LocksView(locked());
    program.output().print(view);
    program.output().note(view.summary());
  }

  private LockReport locked() {
    var order =
        new LockOrder(
            Options.all(subjects),
            program.console().workingDirectory(),
            Options.isGiven(upgrade),
            Options.isGiven(dryRun),
            Optional.ofNullable(python.getValue()),
            process.options(program).with(variables.read(program)));
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().lock(order, progress);
    }
  }
}
