package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.CleanupView;
import dev.ansiblevenv.orchestration.deploy.CleanupRequest;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `cleanup`.
final class CleanupCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec host = Options.host();
  private final ArgSpec dryRun =
      Options.flag("--dry-run")
          .description("Show what would be removed, and remove nothing.")
          .build();
  private final ArgSpec keep =
      Options.one(Integer.class, "N", "--keep")
          .converters(new NaturalNumber())
          .description(
              "Keep the newest N venvs of each playbook. Default: `cleanup: keep` in"
                  + " `ansible-venv.yml`, else 2.")
          .build();
  private final ArgSpec unusedFor =
      Options.one(Duration.class, "AGE", "--unused-for")
          .converters(new AgeText())
          .description(
              "Remove venvs that were last used longer ago than this: `12h`, `30d`, `8w`."
                  + " Default: `cleanup: unused_for` in `ansible-venv.yml`, else none.")
          .build();

  private CleanupCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new CleanupCommand(program);
    var spec = Usage.of(command, "cleanup", "Remove what nothing needs any more from a host.");
    spec.usageMessage()
        .footer(
            "  ansible-venv cleanup night2.lan --dry-run",
            "  ansible-venv cleanup night2.lan --keep 2 --unused-for 30d");
    return spec.add(command.host).add(command.dryRun).add(command.keep).add(command.unusedFor);
  }

  @Override
  public void run() {
    var request =
        new CleanupRequest(
            host.getValue(),
            Options.isGiven(dryRun),
            Optional.ofNullable(keep.getValue()),
            Optional.ofNullable(unusedFor.getValue()));
    var view = new CleanupView(program.operations().cleanup(request));
    program.output().print(view);
    program.output().note(view.summary());
  }
}
