package dev.ansiblevenv.cli.interrupt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// Asks what is to become of a run.
final class TerminalQuestion {

  private static final String QUESTION =
      "\n[d]etach and leave it running, [c]ancel it, or Enter to keep following? ";

  /// A terminal is there although standard input may be something else.
  private static final String TERMINAL = "/dev/tty";

  private TerminalQuestion() {}

  enum Answer {
    DETACH,
    CANCEL,
    GO_ON
  }

  /// @param answer may come from elsewhere, too; nobody waits any longer then
  static Answer ask(PrintStream err, CompletableFuture<Answer> answer) {
    err.print(QUESTION);
    err.flush();
    // It cannot be woken up: it stays behind where the answer comes from elsewhere.
    Thread.ofPlatform().daemon().name("question").start(() -> read(err, answer));
    return answer.join();
  }

  private static void read(PrintStream err, CompletableFuture<Answer> answer) {
    try (var terminal =
        new BufferedReader(new InputStreamReader(new FileInputStream(TERMINAL), UTF_8))) {
      while (!answer.isDone()) {
        var line = terminal.readLine();
        if (line == null) {
          // Nobody is there any more.
          answer.complete(Answer.DETACH);
          return;
        }
        switch (line.strip().toLowerCase(Locale.ROOT)) {
          case "d", "detach" -> answer.complete(Answer.DETACH);
          case "c", "cancel" -> answer.complete(Answer.CANCEL);
          case "" -> answer.complete(Answer.GO_ON);
          default -> {
            err.print("d, c or Enter? ");
            err.flush();
          }
        }
      }
    } catch (IOException e) {
      answer.complete(Answer.CANCEL);
    }
  }
}
