package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.Output;
import dev.ansiblevenv.orchestration.AnsibleVenv;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program: what all commands share.
@Command(
    name = "ansible-venv",
    versionProvider = Version.class,
    customSynopsis = "ansible-venv [OPTIONS] COMMAND",
    description = "Runs each Ansible playbook in an environment that holds exactly what it needs.",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the playbook ran and failed",
      "2:wrong usage",
      "3:the input is invalid (YAML, lint, spec)",
      "4:dependencies cannot be resolved",
      "5:the host is unreachable, refuses, or has an unknown key",
      "6:building the environment failed",
      "7:state conflict or corrupt state",
      "8:cancelled or timed out",
      "70:a defect of ansible-venv"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ansible-venv analyze site.yml",
      "  ansible-venv deploy site.yml localhost",
      "  ansible-venv COMMAND --help"
    })
public final class AnsibleVenvCommand implements Runnable {

  private static final Map<String, Supplier<Object>> COMMANDS = commands();

  private final Output output;

  @Spec private CommandSpec spec;

  @Mixin private final GlobalOptions options;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable")
  private boolean version;

  private AnsibleVenvCommand(Output output) {
    this.output = output;
    this.options = new GlobalOptions(output);
  }

  @Override
  public void run() {
    var line = spec.commandLine();
    line.usage(line.getErr());
    throw new ParameterException(line, "which command?");
  }

  private static Map<String, Supplier<Object>> commands() {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("analyze", AnalyzeCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("deploy", DeployCommand::new);
    commands.put("list-host", ListHostCommand::new);
    commands.put("show-spec", ShowSpecCommand::new);
    commands.put("cleanup", CleanupCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("completion", CompletionCommand::new);
    return commands;
  }

  /// The command line that understands these arguments. Reading the annotations of every command
  /// would double the time to start, so one that stands first stands alone.
  public static CommandLine lineFor(Output output, String... arguments) {
    var first = arguments.length == 0 ? "" : arguments[0];
    var line = new CommandLine(new AnsibleVenvCommand(output));
    COMMANDS.forEach((name, command) -> {
      if (name.equals(first) || !standsAlone(first)) {
        line.addSubcommand(name, command.get());
      }
    });
    var console = output.console();
    HelpLayout.apply(line);
    return line
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
