package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.BundleView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.orchestration.bundle.BundleReport;
import dev.ansiblevenv.orchestration.bundle.BundleRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/// `bundle create`.
final class BundleCreateCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec names =
      PositionalParamSpec.builder()
          .index("0..*")
          .arity("2..*")
          .required(true)
          .type(List.class)
          .auxiliaryTypes(String.class)
          .paramLabel("NAME... FILE")
          .hideParamSyntax(true)
          .description("Profiles or specs, then the file to write.")
          .build();
  private final ArgSpec host =
      Options.one(String.class, "HOST", "--host")
          .description("Use the platform and the Python of this host.")
          .build();
  private final ArgSpec platform =
      Options.one(String.class, "PLATFORM", "--platform")
          .description("Platform of the hosts: `x86_64-glibc-2.36`, `aarch64-musl-1.2`.")
          .build();
  private final ArgSpec python =
      Options.one(String.class, "VERSION", "--python")
          .description("With --platform: the Python version there, such as `3.12`.")
          .build();

  private BundleCreateCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new BundleCreateCommand(program);
    var spec =
        Usage.of(
            command,
            "create",
            "Write what venvs are built from into one file: specs, locks, packages,"
                + " collections and the installer.");
    spec.usageMessage()
        .footer(
            "  ansible-venv bundle create torrent torrent.tar --host night2.lan",
            "  ansible-venv bundle create web db all.tar \\",
            "      --platform x86_64-glibc-2.36 --python 3.12");
    return spec.add(command.names).add(command.host).add(command.platform).add(command.python);
  }

  @Override
  public void run() {
    List<String> given = Options.all(names);
    var file = program.resolve(Path.of(given.getLast()));
    var request =
        new BundleRequest(
            given.subList(0, given.size() - 1).stream().map(SpecName::of).toList(),
            file,
            destination());
    program.output().print(new BundleView(created(request)));
  }

  private BundleReport created(BundleRequest request) {
    try (var progress = new ProgressLines(program.output())) {
      return program.operations().createBundle(request, progress);
    }
  }

  private BundleRequest.Destination destination() {
    @Nullable String name = host.getValue();
    @Nullable String kind = platform.getValue();
    @Nullable String version = python.getValue();
    if (name != null && kind == null && version == null) {
      return new BundleRequest.Host(name);
    }
    if (name == null && kind != null && version != null) {
      return new BundleRequest.Platform(kind, version);
    }
    throw new ParameterException(
        host.command().commandLine(), "name either `--host`, or `--platform` and `--python`");
  }
}
