package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Errors for a person on standard error, and as a document on standard output for `--format json`.
///
/// @param arguments the whole command line: an error may come before its options are understood
public record ErrorReport(Console console, List<String> arguments) {

  public void print(Failure failure) {
    line("error", failure.getMessage());
    document(failure.what(), failure.where(), failure.why(), failure.next(), failure.exitCode());
    trace(failure);
  }

  public void print(ParameterException error) {
    var command = error.getCommandLine().getCommandSpec().qualifiedName();
    var why = String.valueOf(error.getMessage());
    line("error", why);
    UnmatchedArgumentException.printSuggestions(error, error.getCommandLine().getErr());
    line("hint", "`" + command + " --help`");
    document(why, "", "", command + " --help", ExitCode.USAGE);
  }

  /// An error that no code foresaw is a defect of this program, and says so.
  public void printDefect(Throwable error) {
    line("error", "this is a defect of ansible-venv: " + error);
    line("hint", "please report it with the output of the same command and `--debug`");
    trace(error);
  }

  private void line(String label, @org.jspecify.annotations.Nullable String text) {
    var shown = String.valueOf(text);
    console.err().println(shown.startsWith(label + ":") ? shown : label + ": " + shown);
  }

  private void trace(Throwable error) {
    if (arguments.contains("--debug")) {
      error.printStackTrace(console.err());
    }
  }

  private void document(String what, String where, String why, String next, ExitCode exitCode) {
    if (!asksForJson()) {
      return;
    }
    var error = new LinkedHashMap<String, Object>();
    error.put("what", what);
    error.put("where", where);
    error.put("why", why);
    error.put("next", next);
    error.put("exit_code", exitCode.number());
    JsonDocument.print(console.out(), java.util.Map.of("error", error));
  }

  private boolean asksForJson() {
    return arguments.contains("--format=json")
        || arguments.contains("--format")
            && arguments.indexOf("--format") + 1 < arguments.size()
            && "json".equals(arguments.get(arguments.indexOf("--format") + 1));
  }
}
