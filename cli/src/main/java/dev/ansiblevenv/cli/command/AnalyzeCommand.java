package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.AnalysisView;
import dev.ansiblevenv.cli.output.CanonicalView;
import dev.ansiblevenv.cli.output.ChangesView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.orchestration.process.PlaybookReport;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `analyze`.
final class AnalyzeCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec playbook = Options.playbook();
  private final ProcessArguments process = new ProcessArguments();
  private final VariableArguments variables = new VariableArguments();
  private final ArgSpec showCanonical =
      Options.flag("--show-canonical")
          .description("Show the canonical form, which the content hash is computed from.")
          .build();
  private final ArgSpec whyChanged =
      Options.one(String.class, "OLD_SPEC", "--why-changed")
          .description("Show which files, and which paths in them, differ from an older spec.")
          .build();
  private final ArgSpec strict =
      Options.flag("--strict")
          .description("Treat unresolved items as errors (exit code 3).")
          .build();

  private AnalyzeCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new AnalyzeCommand(program);
    var spec =
        Usage.of(
            command, "analyze", "Show what a playbook needs, with file and line. Writes nothing.");
    spec.usageMessage()
        .footer(
            "  ansible-venv analyze site.yml",
            "  ansible-venv analyze site.yml -e target=web",
            "  ansible-venv analyze site.yml --format json | jq '.collections[].name'",
            "  ansible-venv analyze site.yml --why-changed venv_specs/site_a1b2c3d4.yml");
    var question =
        ArgGroupSpec.builder().addArg(command.showCanonical).addArg(command.whyChanged).build();
    return command
        .variables
        .addTo(command.process.addTo(spec.add(command.playbook)))
        .addArgGroup(question)
        .add(command.strict);
  }

  @Override
  public void run() {
    var entry = program.resolve(playbook.getValue());
    var name = program.nameInProject(entry);
    @Nullable String oldSpec = whyChanged.getValue();
    if (oldSpec != null) {
      var options = process.withoutLint(program).with(variables.read(program));
      var why = program.operations().whyChanged(entry, SpecName.of(oldSpec), options);
      program.output().print(new ChangesView(why, name));
      return;
    }
    boolean canonical = Options.isGiven(showCanonical);
    var options = canonical ? process.withoutLint(program) : process.options(program);
    var report = analyze(entry, options.with(variables.read(program)));
    program
        .output()
        .print(canonical ? new CanonicalView(report, name) : new AnalysisView(report, name));
    new Verdict(report, name).enforce(Options.isGiven(strict));
  }

  private PlaybookReport analyze(Path entry, ProcessOptions options) {
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().analyze(entry, options, progress);
    }
  }
}
