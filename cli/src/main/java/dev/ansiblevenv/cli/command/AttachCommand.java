package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.cli.output.RunReportView;
import dev.ansiblevenv.orchestration.follow.RunReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/// `attach`.
final class AttachCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final RunParameter run = new RunParameter();
  private final FollowArguments follow = new FollowArguments();

  private AttachCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new AttachCommand(program);
    var spec =
        Usage.of(
            command,
            "attach",
            "Follow a run from its first line, and exit with the code that `deploy` would.");
    spec.usageMessage()
        .footer(
            "  ansible-venv attach last",
            "  ansible-venv attach 1a2b3c4d",
            "  ansible-venv attach 20260115T103000-1a2b3c4d --on night2.lan");
    return command.follow.addTo(command.run.addTo(spec));
  }

  @Override
  public Integer call() {
    var output = program.output();
    RunReport report;
    try (var lines = new ProgressLines(output);
        var questions =
            new RunQuestions(program.operations(), TerminalPrompt.ofThisProcess(), lines);
        var interrupts = follow.interrupts(program, lines)) {
      interrupts.unlessAsked(questions::isOpen);
      report =
          program
              .operations()
              .attach(
                  run.name(),
                  output.wantsJobEvents(),
                  interrupts.watching(questions.watching(lines)));
    }
    output.printAfterRun(new RunReportView(report));
    report
        .error()
        .ifPresent(
            why -> output.line(Label.ERROR, report.host() + ": the playbook failed: " + why));
    return report.exitCode().number();
  }
}
