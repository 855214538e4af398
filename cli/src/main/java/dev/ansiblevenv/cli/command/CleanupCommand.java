package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.CleanupView;
import dev.ansiblevenv.orchestration.deploy.CleanupRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "cleanup",
    abbreviateSynopsis = true,
    description = "Removes from a host what nothing needs any more.",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ansible-venv cleanup night2.lan --dry-run",
      "  ansible-venv cleanup night2.lan --keep 2 --unused-for 30d"
    })
final class CleanupCommand implements Runnable {

  @ParentCommand private AnsibleVenvCommand program;

  @Parameters(paramLabel = "HOST", description = "The host, as the inventory names it.")
  private String host;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  @Option(
      names = "--keep",
      paramLabel = "N",
      converter = NaturalNumber.class,
      description = "Keep the newest N venvs of each playbook.")
  private @Nullable Integer keep;

  @Option(
      names = "--unused-for",
      paramLabel = "AGE",
      converter = Age.class,
      description = "Remove venvs whose last run is longer ago: `12h`, `30d`, `8w`.")
  private @Nullable Duration unusedFor;

  @Override
  public void run() {
    var request =
        new CleanupRequest(host, dryRun, Optional.ofNullable(keep), Optional.ofNullable(unusedFor));
    var view = new CleanupView(program.operations().cleanup(request));
    program.output().print(view);
    program.output().note(view.summary());
  }
}
