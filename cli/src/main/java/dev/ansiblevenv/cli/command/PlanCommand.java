package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.PlanView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import dev.ansiblevenv.orchestration.plan.DeployPlan;
import dev.ansiblevenv.orchestration.plan.PlanRequest;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `plan`.
final class PlanCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec playbook = Options.playbook();
  private final ArgSpec host =
      Options.parameter(1, String.class, "HOST").description("The host to deploy to.").build();
  private final ArgSpec push = Options.push();
  private final ProcessArguments process = new ProcessArguments();
  private final VariableArguments variables = new VariableArguments();

  private PlanCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new PlanCommand(program);
    var spec =
        Usage.of(
            command,
            "plan",
            "Show what `deploy` would lock, build, send and remove. Writes nothing.");
    spec.usageMessage()
        .footer(
            "  ansible-venv plan site.yml night2.lan",
            "  ansible-venv plan site.yml night2.lan --format json | jq '.lock.changes'");
    spec.add(command.playbook).add(command.host).add(command.push);
    return command.variables.addTo(command.process.addTo(spec));
  }

  @Override
  public void run() {
    if (program.operations().hosts(host.getValue()) instanceof Many) {
      throw new UsageFailure(
          "a plan is for one host", host.getValue(), "it selects several", "name one of them");
    }
    program.output().print(new PlanView(planned()));
  }

  private DeployPlan planned() {
    var request =
        new PlanRequest(
            program.resolve(playbook.getValue()),
            host.getValue(),
            Options.isGiven(push),
            process.options(program).with(variables.read(program)));
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().plan(request, progress);
    }
  }
}
