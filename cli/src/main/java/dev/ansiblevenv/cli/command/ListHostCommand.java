package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.HostView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list-host",
    abbreviateSynopsis = true,
    description = "Lists the venvs of a host, as its host record says.",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ansible-venv list-host localhost",
      "  ansible-venv list-host night2.lan --format json | jq '.venvs[].name'"
    })
final class ListHostCommand implements Runnable {

  @ParentCommand private AnsibleVenvCommand program;

  @Parameters(paramLabel = "HOST", description = "The host, as the inventory names it.")
  private String host;

  @Override
  public void run() {
    var listing = program.operations().listHost(host);
    program.output().print(new HostView(listing));
    if (listing.venvs().isEmpty()) {
      program.output().note("`" + listing.hostname() + "` has no venvs");
    }
  }
}
