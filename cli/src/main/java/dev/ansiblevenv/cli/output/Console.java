package dev.ansiblevenv.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// What this process is connected to. Data goes to `out`, everything else a person reads to `err`;
/// both are UTF-8, whatever the locale says, because JSON is.
///
/// @param outIsTerminal whether a person watches `out`
/// @param errIsTerminal whether a person watches `err`
/// @param width columns of that terminal
/// @param environment the caller's environment
/// @param workingDirectory what relative paths of the command line are relative to
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int width,
    Map<String, String> environment,
    Path workingDirectory,
    Clock clock) {

  /// Takes away what stands in a terminal's line.
  static final String ERASE_LINE = "\r\u001b[K";

  private static final int USUAL_WIDTH = 80;

  /// The launcher asks the terminal, because Java cannot ask for one stream alone.
  ///
  /// @param environment the process's own
  public static Console ofThisProcess(Map<String, String> environment) {
    int columns = Integer.getInteger("ansiblevenv.columns", 0);
    return new Console(
        System.in,
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, UTF_8),
        Boolean.getBoolean("ansiblevenv.out.terminal"),
        Boolean.getBoolean("ansiblevenv.err.terminal"),
        columns > 0 ? columns : USUAL_WIDTH,
        environment,
        Path.of("").toAbsolutePath(),
        new LocalClock());
  }

  public Path home() {
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return workingDirectory.resolve(home);
  }

  /// Whether `out` may be coloured.
  public boolean outIsColoured() {
    return outIsTerminal && coloursAreWelcome();
  }

  /// Whether `err` may be coloured.
  public boolean errIsColoured() {
    return errIsTerminal && coloursAreWelcome();
  }

  /// `label: ` as errors, warnings and hints begin, coloured where a person watches `err`.
  public String label(Label label) {
    return errIsColoured() ? label.coloured() : label.plain();
  }

  /// Not on a dumb terminal, and not where [NO_COLOR](https://no-color.org) is set.
  private boolean coloursAreWelcome() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb();
  }

  /// Whether the terminal can do nothing but show lines.
  boolean isDumb() {
    return "dumb".equals(environment.get("TERM"));
  }
}
