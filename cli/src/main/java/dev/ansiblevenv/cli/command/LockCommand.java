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
              "Playbooks, profiles or specs. Default: all profiles and specs of the project.")
          .build();
  private final ArgSpec upgrade =
      Options.flag("--upgrade")
          .description("Re-resolve even if the existing lock is still valid.")
          .build();
  private final ArgSpec dryRun =
      Options.flag("--dry-run").description("Show what would change, and write nothing.").build();
  private final ArgSpec python =
      Options.one(String.class, "VERSION", "--python")
          .description(
              "The oldest Python version of the hosts, such as 3.12. Default: that of the"
                  + " existing lock, else this machine's.")
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
            "Create missing locks, and check that existing ones are still valid. If anything"
                + " fails, nothing is written.");
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
