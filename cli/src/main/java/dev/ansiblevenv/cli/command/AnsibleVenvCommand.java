package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.Output;
import dev.ansiblevenv.orchestration.AnsibleVenv;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The program: what all commands share.
public final class AnsibleVenvCommand implements Runnable {

  private static final Map<String, Function<AnsibleVenvCommand, CommandSpec>> COMMANDS = commands();

  private final Output output;
  private final GlobalOptions options;
  private final CommandSpec spec;

  private AnsibleVenvCommand(Output output) {
    this.output = output;
    this.options = new GlobalOptions(output);
    this.spec = ownSpec();
  }

  private CommandSpec ownSpec() {
    var own = CommandSpec.wrapWithoutInspection(this).name("ansible-venv");
    own.usageMessage()
        .customSynopsis("ansible-venv [OPTIONS] COMMAND")
        .description("Run Ansible playbooks in environments that contain exactly what they need.")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes())
        .footerHeading("%nExamples:%n")
        .footer(
            "  ansible-venv analyze site.yml",
            "  ansible-venv deploy site.yml localhost",
            "  ansible-venv COMMAND --help");
    return options
        .addTo(own)
        .versionProvider(new Version())
        .add(
            Options.flag("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
  }

  private static Map<String, String> exitCodes() {
    var codes = new LinkedHashMap<String, String>();
    codes.put("0", "success");
    codes.put("1", "the playbook ran and failed");
    codes.put("2", "usage error");
    codes.put("3", "invalid input: YAML, lint, spec");
    codes.put("4", "dependencies cannot be resolved");
    codes.put("5", "the host is unreachable or cannot be used");
    codes.put("6", "building the environment failed");
    codes.put("7", "state is corrupt or in conflict");
    codes.put("8", "cancelled or timed out");
    codes.put("70", "a bug in ansible-venv");
    return codes;
  }

  @Override
  public void run() {
    var line = spec.commandLine();
    line.usage(line.getErr());
    throw new ParameterException(line, "no command given");
  }

  private static Map<String, Function<AnsibleVenvCommand, CommandSpec>> commands() {
    var commands = new LinkedHashMap<String, Function<AnsibleVenvCommand, CommandSpec>>();
    commands.put("analyze", AnalyzeCommand::spec);
    commands.put("explain", ExplainCommand::spec);
    commands.put("plan", PlanCommand::spec);
    commands.put("deploy", DeployCommand::spec);
    commands.put("runs", RunsCommand::spec);
    commands.put("attach", AttachCommand::spec);
    commands.put("cancel", CancelCommand::spec);
    commands.put("logs", LogsCommand::spec);
    commands.put("files", FilesCommand::spec);
    commands.put("ensure", EnsureCommand::spec);
    commands.put("lock", LockCommand::spec);
    commands.put("bundle", BundleCommand::spec);
    commands.put("list-host", ListHostCommand::spec);
    commands.put("where", WhereCommand::spec);
    commands.put("verify", VerifyCommand::spec);
    commands.put("sync", SyncCommand::spec);
    commands.put("enroll", EnrollCommand::spec);
    commands.put("show-spec", ShowSpecCommand::spec);
    commands.put("cleanup", CleanupCommand::spec);
    commands.put("doctor", DoctorCommand::spec);
    commands.put("completion", CompletionCommand::spec);
    return commands;
  }

  /// The command line that understands these arguments. A command that stands first stands alone:
  /// nobody looks at the others.
  public static CommandLine lineFor(Output output, String... arguments) {
    var first = arguments.length == 0 ? "" : arguments[0];
    var program = new AnsibleVenvCommand(output);
    COMMANDS.forEach((name, command) -> {
      if (name.equals(first) || !standsAlone(first)) {
        program.spec.addSubcommand(name, command.apply(program));
      }
    });
    var line = new CommandLine(program.spec);
    var console = output.console();
    HelpLayout.apply(line);
    return line.registerConverter(Path.class, Path::of)
        // `@file` is Ansible's: `--extra-vars @file`
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(Math.clamp(console.width(), 60, 100))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.outIsColoured() ? Ansi.ON : Ansi.OFF));
  }

  private static boolean standsAlone(String first) {
    return switch (first) {
      case "completion" -> false;
      case "-V", "--version" -> true;
      default -> COMMANDS.containsKey(first);
    };
  }

  Output output() {
    return output;
  }

  Console console() {
    return output.console();
  }

  AnsibleVenv operations() {
    return new AnsibleVenv(options.settings());
  }

  /// A path of the command line, from where the caller stands.
  Path resolve(Path path) {
    return console().workingDirectory().resolve(path).normalize();
  }

  /// How a file is named to a person and in documents: from the project directory where it lies
  /// below it.
  String nameInProject(Path file) {
    var project = options.settings().project();
    return (file.startsWith(project) ? project.relativize(file) : file).toString();
  }
}
