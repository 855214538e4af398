package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.EnsuredView;
import dev.ansiblevenv.cli.output.EnsuredWords;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.deploy.EnsureRequest;
import dev.ansiblevenv.orchestration.deploy.EnsuredVenv;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `ensure`.
final class EnsureCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final ArgSpec profile =
      Options.parameter(0, String.class, "PROFILE")
          .description("A profile (`profiles/PROFILE.yml`) or the name of a spec.")
          .build();
  private final ArgSpec host =
      Options.parameter(1, String.class, "HOST")
          .description("A host, a group, or a pattern, as the inventory names them.")
          .build();
  private final ArgSpec forceRecreate = Options.forceRecreate();
  private final ArgSpec push = Options.push();
  private final ArgSpec forks = ManyHosts.forks();

  private EnsureCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new EnsureCommand(program);
    var spec =
        Usage.of(
            command,
            "ensure",
            "Make sure that a host has a venv. Locks the profile and builds the environment"
                + " if necessary.");
    spec.usageMessage()
        .footer(
            "  ansible-venv ensure torrent localhost",
            "  ansible-venv ensure torrent 'seedboxes:!old'",
            "  ansible-venv ensure torrent night2.lan --format json | jq '.path'");
    return spec.add(command.profile)
        .add(command.host)
        .add(command.forceRecreate)
        .add(command.push)
        .add(command.forks);
  }

  @Override
  public Integer call() {
    var operations = program.operations();
    var request =
        new EnsureRequest(
            SpecName.of(profile.getValue()),
            host.getValue(),
            Options.isGiven(forceRecreate),
            Options.isGiven(push));
    if (operations.hosts(host.getValue()) instanceof Many many) {
      return new ManyHosts<>(program, new EnsuredWords())
          .run(
              many,
              (hosts, progress) ->
                  operations.ensureVenv(hosts, ManyHosts.forks(forks), request, progress));
    }
    EnsuredVenv ensured;
    try (var progress = new ProgressLines(program.output())) {
      ensured = operations.ensureVenv(request, progress);
    }
    program.output().print(new EnsuredView(ensured));
    return ExitCode.DONE.number();
  }
}
