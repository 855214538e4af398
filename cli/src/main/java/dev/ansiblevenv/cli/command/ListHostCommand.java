package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.HostView;
import dev.ansiblevenv.cli.output.ListedWords;
import dev.ansiblevenv.cli.output.RefreshedHostView;
import dev.ansiblevenv.cli.output.RefreshedWords;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `list-host`.
final class ListHostCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final ArgSpec host = Options.hosts();
  private final ArgSpec refresh =
      Options.flag("--refresh").description("Also ask the host what it has.").build();

  private final ArgSpec forks = ManyHosts.forks();

  private ListHostCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new ListHostCommand(program);
    var spec = Usage.of(command, "list-host", "List the venvs of hosts, from their host records.");
    spec.usageMessage()
        .footer(
            "  ansible-venv list-host localhost",
            "  ansible-venv list-host night2.lan --refresh",
            "  ansible-venv list-host 'web:!old' --refresh",
            "  ansible-venv list-host night2.lan --format json | jq '.venvs[].name'");
    return spec.add(command.host).add(command.refresh).add(command.forks);
  }

  @Override
  public Integer call() {
    var operations = program.operations();
    if (operations.hosts(host.getValue()) instanceof Many many) {
      return Options.isGiven(refresh)
          ? new ManyHosts<>(program, new RefreshedWords())
              .run(
                  many,
                  (hosts, progress) ->
                      operations.refreshHosts(hosts, ManyHosts.forks(forks), progress))
          : new ManyHosts<>(program, new ListedWords())
              .run(many, (hosts, progress) -> operations.listHosts(hosts));
    }
    if (Options.isGiven(refresh)) {
      program.output().print(new RefreshedHostView(operations.refreshHost(host.getValue())));
      return ExitCode.DONE.number();
    }
    var listing = operations.listHost(host.getValue());
    program.output().print(new HostView(listing));
    if (listing.venvs().isEmpty()) {
      program.output().note("`" + listing.hostname() + "` has no venvs");
    }
    return ExitCode.DONE.number();
  }
}
