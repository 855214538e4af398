package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.Format;
import dev.ansiblevenv.cli.output.Output;
import dev.ansiblevenv.formats.file.Boundary;
import dev.ansiblevenv.orchestration.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.ScopeType;

/// The options of every command. They may stand before the command or after it.
final class GlobalOptions {

  /// The file that makes a directory a project.
  private static final String CONFIGURATION = "ansible-venv.yml";

  private final Output output;

  private final ArgSpec project =
      Options.one(Path.class, "DIR", "--project")
          .scopeType(ScopeType.INHERIT)
          .description(
              "The project directory. Default: the nearest directory upward that contains"
                  + " `ansible-venv.yml`, else the current directory.")
          .build();

  private final ArgSpec inventories =
      Options.several(String.class, "FILE", "-i", "--inventory")
          .scopeType(ScopeType.INHERIT)
          .description(
              "The inventory: a file, a directory, or a comma-separated list of hosts. Default:"
                  + " ANSIBLE_INVENTORY, `ansible.cfg`, or the project's own. With this option a run"
                  + " covers all hosts of the inventory, otherwise only HOST.")
          .build();

  private final ArgSpec untrusted =
      Options.flag("--untrusted")
          .scopeType(ScopeType.INHERIT)
          .description(
              "Don't trust the project: read nothing outside of it, and run no program that it"
                  + " names. Also set by ANSIBLE_VENV_UNTRUSTED.")
          .build();

  private final ArgSpec debug =
      Options.flag("--debug")
          .scopeType(ScopeType.INHERIT)
          .description("Show the stack trace of an error.")
          .build();

  private final ArgSpec help =
      Options.flag("-h", "--help")
          .scopeType(ScopeType.INHERIT)
          .usageHelp(true)
          .description("Show this help.")
          .build();

  private static final class FormatName extends OneOf<Format> {
    FormatName() {
      super(Format.values());
    }
  }

  GlobalOptions(Output output) {
    this.output = output;
  }

  CommandSpec addTo(CommandSpec spec) {
    return spec.add(project).add(inventories).add(untrusted).add(debug).add(help).add(format());
  }

  /// Takes effect at once: an error in what follows is to be a document, too.
  private ArgSpec format() {
    return Options.one(Format.class, "FORMAT", "--format")
        .converters(new FormatName())
        .hasInitialValue(false)
        .setter(
            new ISetter() {
              @Override
              public <T> T set(T chosen) {
                output.format((Format) chosen);
                return chosen;
              }
            })
        .scopeType(ScopeType.INHERIT)
        .description(
            "Output format: ${COMPLETION-CANDIDATES}. With json, standard output is a single"
                + " JSON document; commands that follow a run print its events first, one per line.")
        .build();
  }

  Settings settings() {
    var console = output.console();
    var settings =
        new Settings(
            project(console),
            console.workingDirectory(),
            cache(console),
            console.environment(),
            console.clock(),
            inventories(console));
    return Options.isGiven(untrusted) || Boundary.isClosed(console.environment())
        ? settings.untrusting()
        : settings;
  }

  /// Names of files are resolved. What has a comma is a list of hosts, unless there is such a file.
  private List<String> inventories(Console console) {
    return Options.<String>all(inventories).stream()
        .map(text -> {
          var file = console.workingDirectory().resolve(text).normalize();
          return text.contains(",") && !Files.exists(file) ? text : file.toString();
        })
        .toList();
  }

  private Path project(Console console) {
    var here = console.workingDirectory();
    @Nullable Path named = project.getValue();
    if (named != null) {
      return here.resolve(named).normalize();
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
