package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.cli.output.SyncView;
import dev.ansiblevenv.diagnostic.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `sync`.
final class SyncCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final ArgSpec check =
      Options.flag("--check")
          .description("Write nothing. Exit with 7 if the inventory differs.")
          .build();

  private SyncCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new SyncCommand(program);
    var spec =
        Usage.of(
            command, "sync", "Update `installed_venvs` in the inventory from the host records.");
    spec.usageMessage().footer("  ansible-venv sync", "  ansible-venv sync --check");
    return spec.add(command.check);
  }

  @Override
  public Integer call() {
    var checks = Options.isGiven(check);
    var operations = program.operations();
    var changes = checks ? operations.checkInventory() : operations.syncInventoryWithHostFiles();
    var view = new SyncView(changes, !checks);
    program.output().print(view);
    changes.stream()
        .filter(change -> !change.isPossible())
        .forEach(change -> program.output().line(Label.WARNING, change.obstacle()));
    program.output().note(view.summary());
    return (view.isComplete() ? ExitCode.DONE : ExitCode.STATE_CONFLICT).number();
  }
}
