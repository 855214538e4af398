package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.RunsView;
import dev.ansiblevenv.cli.output.RunsWords;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `runs`.
final class RunsCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final ArgSpec host = Options.hosts();
  private final ArgSpec forks = ManyHosts.forks();

  private RunsCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new RunsCommand(program);
    var spec =
        Usage.of(
            command,
            "runs",
            "List the runs that hosts have on record, whoever started them; newest last.");
    spec.usageMessage()
        .footer(
            "  ansible-venv runs night2.lan",
            "  ansible-venv runs 'web:!old'",
            "ansible-venv runs night2.lan --format json | jq '.runs[] | select(.status =="
                + " \"running\")'");
    return spec.add(command.host).add(command.forks);
  }

  @Override
  public Integer call() {
    var operations = program.operations();
    var clock = program.console().clock();
    if (operations.hosts(host.getValue()) instanceof Many many) {
      return new ManyHosts<>(program, new RunsWords(clock))
          .run(many, (hosts, progress) -> operations.runs(hosts, ManyHosts.forks(forks), progress));
    }
    var runs = operations.runs(host.getValue());
    program.output().print(new RunsView(runs, clock));
    if (runs.runs().isEmpty()) {
      program.output().note("`" + runs.hostname() + "` has no runs");
    }
    return ExitCode.DONE.number();
  }
}
