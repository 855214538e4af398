package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.BundleView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.orchestration.bundle.BundleReport;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `bundle load`.
final class BundleLoadCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec file =
      Options.parameter(0, Path.class, "FILE").description("The bundle.").build();
  private final ArgSpec host =
      Options.parameter(1, String.class, "HOST")
          .required(false)
          .arity("0..1")
          .description("Build the bundle's venvs on this host, as with --push.")
          .build();

  private BundleLoadCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new BundleLoadCommand(program);
    var spec =
        Usage.of(
            command,
            "load",
            "Load a bundle: specs and locks into the project, the rest into this machine's"
                + " cache.",
            "From then on `ensure --push` needs no network for them.");
    spec.usageMessage()
        .footer(
            "  ansible-venv bundle load torrent.tar",
            "  ansible-venv bundle load torrent.tar night2.lan");
    return spec.add(command.file).add(command.host);
  }

  @Override
  public void run() {
    program.output().print(new BundleView(loaded()));
  }

  private BundleReport loaded() {
    Path bundle = program.resolve(file.getValue());
    Optional<String> name = Optional.ofNullable(host.getValue());
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().loadBundle(bundle, name, progress);
    }
  }
}
