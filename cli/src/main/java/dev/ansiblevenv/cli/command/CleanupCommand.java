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
      Options.flag("--dry-run").description("Only say what would be removed.").build();
  private final ArgSpec keep =
      Options.one(Integer.class, "N", "--keep")
          .converters(new NaturalNumber())
          .description(
              "Keep the newest N venvs of each playbook. Without it: `cleanup: keep` of"
                  + " `ansible-venv.yml`, else all.")
          .build();
  private final ArgSpec unusedFor =
      Options.one(Duration.class, "AGE", "--unused-for")
          .converters(new AgeText())
          .description(
              "Remove venvs whose last run is longer ago: `12h`, `30d`, `8w`. Without it:"
                  + " `cleanup: unused_for`, else none.")
          .build();

  private CleanupCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new CleanupCommand(program);
    var spec = Usage.of(command, "cleanup", "Removes from a host what nothing needs any more.");
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
