package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.EnsuredView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.orchestration.deploy.EnsureRequest;
import dev.ansiblevenv.orchestration.deploy.EnsuredVenv;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `ensure`.
final class EnsureCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec profile =
      Options.parameter(0, String.class, "PROFILE")
          .description("`profiles/PROFILE.yml`, or a spec's name.")
          .build();
  private final ArgSpec host =
      Options.parameter(1, String.class, "HOST")
          .description("The host, as the inventory names it.")
          .build();
  private final ArgSpec forceRecreate = Options.forceRecreate();
  private final ArgSpec push = Options.push();

  private EnsureCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new EnsureCommand(program);
    var spec =
        Usage.of(
            command,
            "ensure",
            "Makes sure that a host has a venv: locks the profile if it has to be,"
                + " and builds what is not there.");
    spec.usageMessage()
        .footer(
            "  ansible-venv ensure torrent localhost",
            "  ansible-venv ensure torrent night2.lan --format json | jq '.path'");
    return spec.add(command.profile).add(command.host).add(command.forceRecreate).add(command.push);
  }

  @Override
  public void run() {
    program.output().print(new EnsuredView(ensured()));
  }

  private EnsuredVenv ensured() {
    var request =
        new EnsureRequest(
            SpecName.of(profile.getValue()),
            host.getValue(),
            Options.isGiven(forceRecreate),
            Options.isGiven(push));
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().ensureVenv(request, progress);
    }
  }
}
