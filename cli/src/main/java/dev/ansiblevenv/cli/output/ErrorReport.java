package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.diagnostic.BuildFailed;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Errors for a person on standard error, and as a document on standard output for `--format json`.
///
/// @param debug whether stack traces are asked for
public record ErrorReport(Output output, boolean debug) {

  /// The exit code of a defect, as [sysexits](https://man.openbsd.org/sysexits.3) has it for
  /// internal errors.
  public static final int DEFECT = 70;

  /// Commands that follow a run: events come before their result, or their error.
  private static final Set<String> STREAMING = Set.of("deploy", "attach", "logs");

  /// @param arguments the whole command line: an error may come before its options are understood
  public static ErrorReport of(Output output, List<String> arguments) {
    if (arguments.stream().anyMatch(STREAMING::contains)) {
      output.streams();
    }
    if (asksForJson(arguments)) {
      output.format(Format.JSON);
    }
    return new ErrorReport(output, arguments.contains("--debug"));
  }

  /// @return the exit code
  public int print(Failure failure) {
    var why = failure.why().isEmpty() ? "" : ": " + failure.why();
    var where = failure.where().isEmpty() ? "" : Printable.line(failure.where()) + ": ";
    output.line(Label.ERROR, where + failure.what() + why);
    var next = next(failure);
    if (!next.isEmpty()) {
      output.line(Label.HINT, next);
    }
    trace(failure);
    return document(failure.what(), failure.where(), failure.why(), next, failure.exitCode());
  }

  /// Options of this program are named here: what is below the command line knows none.
  private static String next(Failure failure) {
    return failure instanceof BuildFailed build && build.lacksNetwork()
        ? "`--push` sends everything over the connection to the host, which then needs no network;"
            + " `push:` in `ansible-venv.yml` says so for good"
        : failure.next();
  }

  /// @return the exit code
  public int print(ParameterException error) {
    var what = what(error);
    var next = next(error);
    output.line(Label.ERROR, what);
    output.line(Label.HINT, next);
    trace(error);
    return document(what, "", "", next, ExitCode.USAGE);
  }

  /// An error that no code foresaw is a defect of this program, and says so.
  ///
  /// @return the exit code
  public int printDefect(Throwable error) {
    var next = "please report it with the output of the same command and `--debug`";
    output.line(Label.ERROR, "this is a bug in ansible-venv: " + error);
    output.line(Label.HINT, next);
    trace(error);
    return document("this is a bug in ansible-venv", "", error.toString(), next, DEFECT);
  }

  private static String what(ParameterException error) {
    var command = error.getCommandLine();
    if (error instanceof UnmatchedArgumentException unmatched
        && command.getParent() == null
        && !unmatched.isUnknownOption()) {
      return "unknown command `" + unmatched.getUnmatched().getFirst() + "`";
    }
    var text = String.valueOf(error.getMessage()).strip().replace('\'', '`');
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static String next(ParameterException error) {
    var help = "see `" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help`";
    if (error instanceof UnmatchedArgumentException unmatched) {
      var suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        return "did you mean `" + suggestions.getFirst() + "`? " + help;
      }
    }
    return help;
  }

  private void trace(Throwable error) {
    if (debug) {
      var text = new StringWriter();
      error.printStackTrace(new PrintWriter(text));
      output.note(text.toString().stripTrailing());
    }
  }

  private int document(String what, String where, String why, String next, ExitCode exitCode) {
    return document(what, where, why, next, exitCode.number());
  }

  private int document(String what, String where, String why, String next, int exitCode) {
    var error = new LinkedHashMap<String, Object>();
    error.put("what", what);
    error.put("where", where);
    error.put("why", why);
    error.put("next", next);
    error.put("exit_code", exitCode);
    output.documentIfNone(Map.of("error", error));
    return exitCode;
  }

  private static boolean asksForJson(List<String> arguments) {
    int option = arguments.indexOf("--format");
    boolean followed = option >= 0 && option + 1 < arguments.size();
    return arguments.contains("--format=json")
        || (followed && arguments.get(option + 1).equals("json"));
  }
}
