package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.cli.output.VerificationView;
import dev.ansiblevenv.cli.output.VerifiedWords;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import dev.ansiblevenv.orchestration.verify.HostVerification;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `verify`.
final class VerifyCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final ArgSpec host = Options.hosts();
  private final ArgSpec repair =
      Options.flag("--repair")
          .description(
              "Rebuild broken venvs from the project's locks, and correct the records. Never"
                  + " touches what ansible-venv did not create.")
          .build();
  private final ArgSpec forks = ManyHosts.forks();

  private VerifyCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new VerifyCommand(program);
    var spec =
        Usage.of(
            command,
            "verify",
            "Compare host records with the hosts, file by file. Exits with 7 if they differ.");
    spec.usageMessage()
        .footer("  ansible-venv verify night2.lan", "  ansible-venv verify all --repair");
    return spec.add(command.host).add(command.repair).add(command.forks);
  }

  @Override
  public Integer call() {
    var operations = program.operations();
    if (operations.hosts(host.getValue()) instanceof Many many) {
      return new ManyHosts<>(program, new VerifiedWords())
          .run(
              many,
              (hosts, progress) ->
                  operations.verifyHosts(
                      hosts, ManyHosts.forks(forks), Options.isGiven(repair), progress));
    }
    HostVerification verification;
    try (var progress = new ProgressLines(program.output())) {
      verification = operations.verifyHost(host.getValue(), Options.isGiven(repair), progress);
    }
    var view = new VerificationView(verification);
    program.output().print(view);
    program.output().note(view.summary());
    return verification.isRight() ? ExitCode.DONE.number() : ExitCode.STATE_CONFLICT.number();
  }
}
