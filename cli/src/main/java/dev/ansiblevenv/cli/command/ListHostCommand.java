package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.HostView;
import dev.ansiblevenv.cli.output.RefreshedHostView;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `list-host`.
final class ListHostCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec host = Options.host();
  private final ArgSpec refresh =
      Options.flag("--refresh").description("Ask the host what it has, too.").build();

  private ListHostCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new ListHostCommand(program);
    var spec =
        Usage.of(command, "list-host", "Lists the venvs of a host, as its host record says.");
    spec.usageMessage()
        .footer(
            "  ansible-venv list-host localhost",
            "  ansible-venv list-host night2.lan --refresh",
            "  ansible-venv list-host night2.lan --format json | jq '.venvs[].name'");
    return spec.add(command.host).add(command.refresh);
  }

  @Override
  public void run() {
    if (Options.isGiven(refresh)) {
      program
          .output()
          .print(new RefreshedHostView(program.operations().refreshHost(host.getValue())));
      return;
    }
    var listing = program.operations().listHost(host.getValue());
    program.output().print(new HostView(listing));
    if (listing.venvs().isEmpty()) {
      program.output().note("`" + listing.hostname() + "` has no venvs");
    }
  }
}
