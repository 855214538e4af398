package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.cli.output.ResultView;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.deploy.DeployRequest;
import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "deploy",
    abbreviateSynopsis = true,
    description =
        "Runs a playbook on a host in an environment made for it, and builds that if it is not there.",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ansible-venv deploy site.yml localhost",
      "  ansible-venv deploy site.yml night2.lan --check --diff --tags web",
      "  ansible-venv deploy site.yml night2.lan -e colour=green -e @vars.yml",
      "  pass show site | ansible-venv deploy site.yml night2.lan -e @-"
    })
final class DeployCommand implements Callable<Integer> {

  @ParentCommand private AnsibleVenvCommand program;

  @Parameters(index = "0", paramLabel = "PLAYBOOK", description = "The playbook's entry file.")
  private Path playbook;

  @Parameters(
      index = "1",
      paramLabel = "HOST",
      description = "Where the environment is and the playbook runs.")
  private String host;

  @Option(
      names = "--force-recreate",
      description = "Build the environment anew although a healthy one is there.")
  private boolean forceRecreate;

  @Mixin private ProcessArguments process;

  @Mixin private PlaybookArguments arguments;

  @Override
  public Integer call() {
    var result = deploy();
    program.output().printAfterRun(new ResultView(result));
    if (result.success()) {
      return ExitCode.DONE.number();
    }
    var why = result.error().orElse("`ansible-playbook` ended with " + result.resultCode());
    program.output().line(Label.ERROR, host + ": the playbook failed: " + why);
    return ExitCode.RUN_FAILED.number();
  }

  private VenvExecutionResult deploy() {
    var console = program.console();
    var request =
        new DeployRequest(
            program.resolve(playbook),
            host,
            forceRecreate,
            process.options(program),
            arguments.options(program),
            program.output().runIsColoured(),
            console.width());
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().deployPlaybookWithOrchestration(request, progress);
    }
  }
}
