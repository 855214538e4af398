package dev.ansiblevenv.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In processes of their own, because a signal is for a process.
final class CancellationIT {

  /// Works until it is interrupted, and then for as long as its argument says.
  static final class Worker {

    public static void main(String[] arguments) {
      System.exit(Cancellation.whileRunning(System.err, () -> work(Long.parseLong(arguments[0]))));
    }

    private static int work(long secondsToCleanUp) {
      System.out.println("working");
      try {
        Thread.sleep(SECONDS.toMillis(60));
        return 0;
      } catch (InterruptedException e) {
        return cleanUp(secondsToCleanUp);
      }
    }

    private static int cleanUp(long seconds) {
      try {
        System.out.println("cleaning up");
        Thread.sleep(SECONDS.toMillis(seconds));
        return 8;
      } catch (InterruptedException e) {
        return 1;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void a_signal_interrupts_the_work_whose_exit_code_counts(String signal) throws Exception {
    var process = start("0");
    var output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("working");

    signal(process, signal);

    assertThat(output.readLine()).isEqualTo("cleaning up");
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(8);
    assertThat(process.errorReader().lines())
        .contains("cancelling; press Ctrl-C again to quit immediately");
  }

  @Test
  void the_second_signal_ends_the_process_at_once() throws Exception {
    var process = start("50");
    var output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("working");
    signal(process, "INT");
    assertThat(output.readLine()).isEqualTo("cleaning up");

    signal(process, "INT");

    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private static Process start(String argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            argument)
        .start();
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
