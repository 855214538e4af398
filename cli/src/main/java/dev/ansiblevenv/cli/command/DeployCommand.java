package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.cli.output.ResultView;
import dev.ansiblevenv.cli.output.RunWords;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.AnsibleVenv;
import dev.ansiblevenv.orchestration.deploy.DeployRequest;
import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import dev.ansiblevenv.orchestration.follow.Following;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `deploy`.
final class DeployCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final ArgSpec playbook = Options.playbook();
  private final ArgSpec host =
      Options.parameter(1, String.class, "HOST")
          .description(
              "A host, a group, or a pattern: where the environment is built and the playbook"
                  + " runs.")
          .build();
  private final ArgSpec forceRecreate = Options.forceRecreate();
  private final ArgSpec push = Options.push();
  private final ArgSpec retryFailed =
      Options.flag("--retry-failed")
          .description("Only the hosts that failed in the last deploy to this pattern.")
          .build();
  private final ArgSpec detach =
      Options.flag("--detach")
          .description("Return as soon as the run has started. Use `attach` to follow it.")
          .build();
  private final FollowArguments follow = new FollowArguments();
  private final ProcessArguments process = new ProcessArguments();
  private final PlaybookArguments arguments = new PlaybookArguments();

  private DeployCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new DeployCommand(program);
    var spec =
        Usage.of(
            command,
            "deploy",
            "Run a playbook on a host in its own environment, which is built first if it is"
                + " missing.");
    spec.usageMessage()
        .footer(
            "  ansible-venv deploy site.yml localhost",
            "  ansible-venv deploy site.yml night2.lan --check --diff --tags web",
            "  ansible-venv deploy site.yml night2.lan --push",
            "  ansible-venv deploy site.yml 'web:!old' --forks 50",
            "  ansible-venv deploy site.yml 'web:!old' --retry-failed",
            "  ansible-venv deploy site.yml night2.lan --detach",
            "  ansible-venv deploy site.yml night2.lan -e colour=green -e @vars.yml",
            "  pass show site | ansible-venv deploy site.yml night2.lan -e @-");
    spec.add(command.playbook)
        .add(command.host)
        .add(command.forceRecreate)
        .add(command.push)
        .add(command.retryFailed)
        .add(command.detach);
    command.follow.addTo(spec);
    return command.arguments.addTo(command.process.addTo(spec));
  }

  @Override
  public Integer call() {
    var operations = program.operations();
    if (operations.hosts(host.getValue()) instanceof Many many) {
      return new ManyHosts<>(program, new RunWords())
          .run(
              many,
              follow,
              (hosts, progress) ->
                  operations.deploy(
                      hosts,
                      ManyHosts.forks(arguments.forks()),
                      Options.isGiven(retryFailed),
                      request(false, false, false),
                      progress));
    }
    if (Options.isGiven(retryFailed)) {
      throw new UsageFailure(
          "`--retry-failed` is for many hosts",
          host.getValue(),
          "it is one host",
          "just deploy to it again");
    }
    var result = deploy(operations);
    program.output().printAfterRun(new ResultView(result));
    result
        .error()
        .ifPresent(why ->
            program.output().line(Label.ERROR, host.getValue() + ": the playbook failed: " + why));
    return result.report().exitCode().number();
  }

  private VenvExecutionResult deploy(AnsibleVenv operations) {
    var prompt = TerminalPrompt.ofThisProcess();
    try (var lines = new ProgressLines(program.output());
        var questions = new RunQuestions(operations, prompt, lines);
        var interrupts = follow.interrupts(program, lines)) {
      interrupts.unlessAsked(questions::isOpen);
      var answers =
          prompt.isInteractive() && program.output().wantsJobEvents() && !Options.isGiven(detach);
      return operations.deployPlaybookWithOrchestration(
          request(program.output().runIsColoured(), program.output().wantsJobEvents(), answers),
          interrupts.watching(questions.watching(lines)));
    }
  }

  private DeployRequest request(boolean coloured, boolean jobEvents, boolean answers) {
    return new DeployRequest(
        program.resolve(playbook.getValue()),
        host.getValue(),
        Options.isGiven(forceRecreate),
        Options.isGiven(push),
        process.options(program),
        arguments.options(program, program.resolve(playbook.getValue())),
        coloured,
        program.console().width(),
        new Following(Options.isGiven(detach), jobEvents, answers));
  }
}
