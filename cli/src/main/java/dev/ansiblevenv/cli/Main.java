package dev.ansiblevenv.cli;

import dev.ansiblevenv.cli.command.AnsibleVenvCommand;
import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.ErrorReport;
import dev.ansiblevenv.cli.output.Output;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The entry point: arguments in, exit code out. The one place where errors become text and a
/// number.
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    var console = Console.ofThisProcess(CallersEnvironment.of(System.getenv()));
    System.exit(Cancellation.whileRunning(console.err(), () -> run(console, args)));
  }

  /// Without a `HOME`, as in some services, the account's own counts for everything.
  static Map<String, String> withHome(Map<String, String> environment) {
    if (environment.getOrDefault("HOME", "").startsWith("/")) {
      return environment;
    }
    var completed = new HashMap<>(environment);
    completed.put("HOME", System.getProperty("user.home"));
    return completed;
  }

  static int run(Console console, String... args) {
    var output = new Output(console);
    var report = ErrorReport.of(output, List.of(args));
    try {
      return AnsibleVenvCommand.lineFor(output, args)
          .setOut(new PrintWriter(console.out(), true))
          .setErr(new PrintWriter(console.err(), true))
          .setExecutionExceptionHandler((error, command, parsed) -> exit(report, error))
          .setParameterExceptionHandler((error, arguments) -> report.print(error))
          .execute(args);
    } catch (StackOverflowError | OutOfMemoryError error) {
      return report.printDefect(error);
    }
  }

  private static int exit(ErrorReport report, Exception error) {
    return switch (error) {
      case Failure failure -> report.print(failure);
      case Exception other when wasInterrupted(other) ->
          report.print(new Cancelled("cancelled", "", "", "", other));
      default -> report.printDefect(error);
    };
  }

  private static boolean wasInterrupted(Exception error) {
    return Thread.currentThread().isInterrupted()
        || Stream.iterate((Throwable) error, cause -> cause != null, Throwable::getCause)
            .anyMatch(cause ->
                cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException);
  }
}
