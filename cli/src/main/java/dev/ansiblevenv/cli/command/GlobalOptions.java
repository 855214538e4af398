package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.Format;
import dev.ansiblevenv.cli.output.Output;
import dev.ansiblevenv.orchestration.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options of every command. They may stand before the command or after it.
final class GlobalOptions {

  /// The file that makes a directory a project.
  private static final String CONFIGURATION = "ansible-venv.yml";

  private final Output output;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The project directory. Without it: the nearest directory upward that holds"
              + " `ansible-venv.yml`, else the current one.")
  private @Nullable Path project;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  @SuppressWarnings("UnusedVariable")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  private static final class FormatName extends OneOf<Format> {
    FormatName() {
      super(Format.values());
    }
  }

  GlobalOptions(Output output) {
    this.output = output;
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatName.class,
      scope = ScopeType.INHERIT,
      description =
          "One of ${COMPLETION-CANDIDATES}. With json, standard output is one document and nothing"
              + " else.")
  void format(Format chosen) {
    output.format(chosen);
  }

  Settings settings() {
    var console = output.console();
    return new Settings(project(console), cache(console), console.environment(), console.clock());
  }

  private Path project(Console console) {
    var here = console.workingDirectory();
    if (project != null) {
      return here.resolve(project).normalize();
    }
    return Stream.iterate(here, directory -> directory != null, Path::getParent)
        .filter(directory -> Files.isRegularFile(directory.resolve(CONFIGURATION)))
        .findFirst()
        .orElse(here);
  }

  /// As the [XDG specification](https://specifications.freedesktop.org/basedir-spec/latest/) says:
  /// a relative path there is to be ignored.
  private static Path cache(Console console) {
    var base = Path.of(console.environment().getOrDefault("XDG_CACHE_HOME", ""));
    if (!base.isAbsolute()) {
      base = console.home().resolve(".cache");
    }
    return base.resolve("ansible-venv");
  }
}
