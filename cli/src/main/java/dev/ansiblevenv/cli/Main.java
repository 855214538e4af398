package dev.ansiblevenv.cli;

import dev.ansiblevenv.cli.command.AnsibleVenvCommand;
import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.ErrorReport;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ParameterException;

/// The entry point: arguments in, exit code out. The one place where errors become text and a
/// number.
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    var exitCode = run(Console.ofThisProcess(), args);
    System.out.flush();
    System.err.flush();
    System.exit(exitCode);
  }

  static int run(Console console, String... args) {
    var report = new ErrorReport(console, List.of(args));
    var line = AnsibleVenvCommand.line(console);
    return line.setOut(new PrintWriter(console.out(), true))
        .setErr(new PrintWriter(console.err(), true))
        .setExecutionExceptionHandler((error, command, parsed) -> exit(report, error))
        .setParameterExceptionHandler((error, arguments) -> usage(report, error))
        .execute(args);
  }

  private static int exit(ErrorReport report, Exception error) {
    return switch (error) {
      case Failure failure -> {
        report.print(failure);
        yield failure.exitCode().number();
      }
      default -> {
        report.printDefect(error);
        yield 70;
      }
    };
  }

  private static int usage(ErrorReport report, ParameterException error) {
    report.print(error);
    return ExitCode.USAGE.number();
  }
}
