package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.FilesView;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.run.FilesRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `files`.
final class FilesCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final RunParameter run = new RunParameter();
  private final ArgSpec get =
      Options.several(String.class, "PATTERN", "--get")
          .description(
              "Download the files whose path matches: `report.txt`, `'fetched/**'`. Never"
                  + " overwrites files.")
          .build();
  private final ArgSpec into =
      Options.one(Path.class, "DIR", "--into")
          .description(
              "Download into this directory instead of the project, including files that"
                  + " Ansible would load.")
          .build();

  private FilesCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new FilesCommand(program);
    var spec =
        Usage.of(
            command, "files", "List or download the files that a run wrote beside its playbook.");
    spec.usageMessage()
        .footer(
            "  ansible-venv files last",
            "  ansible-venv files last --get 'fetched/**'",
            "  ansible-venv files 1a2b3c4d --on night2.lan --get '**' --into /tmp/night2");
    return command.run.addTo(spec).add(command.get).add(command.into);
  }

  @Override
  public Integer call() {
    @Nullable Path directory = into.getValue();
    var files =
        program
            .operations()
            .files(
                new FilesRequest(
                    run.name(),
                    Options.all(get),
                    Optional.ofNullable(directory).map(program::resolve)));
    program.output().print(new FilesView(files));
    return ExitCode.DONE.number();
  }
}
