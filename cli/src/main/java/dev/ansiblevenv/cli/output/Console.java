package dev.ansiblevenv.cli.output;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// What this process is connected to. Data goes to `out`, everything else a person reads to `err`.
///
/// @param terminal whether a person watches `out`
/// @param width columns of that terminal
/// @param environment the caller's environment
/// @param workingDirectory what relative paths of the command line are relative to
public record Console(
    PrintStream out,
    PrintStream err,
    boolean terminal,
    int width,
    Map<String, String> environment,
    Path workingDirectory) {

  /// The launcher asks the terminal, because Java cannot ask for one stream alone.
  public static Console ofThisProcess() {
    return new Console(
        System.out,
        System.err,
        Boolean.getBoolean("ansiblevenv.terminal"),
        Integer.getInteger("ansiblevenv.columns", 80),
        System.getenv(),
        Path.of("").toAbsolutePath());
  }

  /// Whether to colour: on a terminal that is not dumb, unless [NO_COLOR](https://no-color.org) is
  /// set.
  public boolean colour() {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }
}
