package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.AnalysisView;
import dev.ansiblevenv.cli.output.CanonicalView;
import dev.ansiblevenv.cli.output.ChangesView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.orchestration.process.PlaybookReport;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "analyze",
    abbreviateSynopsis = true,
    description = "Says what a playbook needs, and where it says so. Writes nothing.",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ansible-venv analyze site.yml",
      "  ansible-venv analyze site.yml --format json | jq '.collections[].name'",
      "  ansible-venv analyze site.yml --why-changed venv_specs/site_a1b2c3d4.yml"
    })
final class AnalyzeCommand implements Runnable {

  @ParentCommand private AnsibleVenvCommand program;

  @Parameters(paramLabel = "PLAYBOOK", description = "The playbook's entry file.")
  private Path playbook;

  @Mixin private ProcessArguments process;

  @ArgGroup private final Question question = new Question();

  @Option(
      names = "--strict",
      description = "Take what cannot be decided for an error (exit code 3).")
  private boolean strict;

  private static final class Question {
    @Option(
        names = "--show-canonical",
        description = "Show the canonical form that the content hash covers.")
    private boolean canonical;

    @Option(
        names = "--why-changed",
        paramLabel = "OLD_SPEC",
        description = "Name the files, and the paths in them, that differ from an older spec's.")
    private @Nullable String oldSpec;
  }

  @Override
  public void run() {
    var entry = program.resolve(playbook);
    var name = program.nameInProject(entry);
    if (question.oldSpec != null) {
      var why =
          program
              .operations()
              .whyChanged(entry, specName(question.oldSpec), process.withoutLint(program));
      program.output().print(new ChangesView(why, name));
      return;
    }
    boolean canonical = question.canonical;
    var report =
        analyze(entry, canonical ? process.withoutLint(program) : process.options(program));
    program
        .output()
        .print(canonical ? new CanonicalView(report, name) : new AnalysisView(report, name));
    new Verdict(report, name).enforce(strict);
  }

  /// A spec is named by its name, or by its file as a shell completes it.
  private static String specName(String nameOrFile) {
    return Path.of(nameOrFile).getFileName().toString().replaceFirst("\\.yml$", "");
  }

  private PlaybookReport analyze(Path entry, ProcessOptions options) {
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().analyze(entry, options, progress);
    }
  }
}
