package dev.ansiblevenv.core.process;

import dev.ansiblevenv.diagnostic.Cancelled;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One program with its arguments, run without a shell, with nothing on its standard input.
///
/// @param command the executable, then its arguments
/// @param environment all that it sees of one; nothing is inherited
public record Program(List<String> command, Map<String, String> environment, Path directory) {

  /// Reports and resolutions are smaller.
  static final int HEAD_BYTES = 16 << 20;

  private static final Duration GRACE = Duration.ofMillis(500);
  private static final long MAX_PAUSE_MILLIS = 16;

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// Runs it to its end and captures both streams, read as UTF-8. Of more than 16 MiB only the
  /// beginning and the end are kept. What it has started and left behind may hold its streams open;
  /// nobody waits for that.
  ///
  /// @throws IOException when it cannot be started
  /// @throws Cancelled when the time is over or the thread is interrupted; the program and all its
  ///   descendants are gone then
  public Completed run(Duration limit) throws IOException {
    return run(limit, HEAD_BYTES);
  }

  /// As [#run(Duration)], with a bound of its own.
  ///
  /// @param headBytes how much of the beginning of each stream is kept
  public Completed run(Duration limit, int headBytes) throws IOException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    var deadline = System.nanoTime() + limit.toNanos();
    var process = builder.start();
    try (var out = process.getInputStream();
        var err = process.getErrorStream()) {
      var output = new BoundedOutput(headBytes);
      var errors = new BoundedOutput(HEAD_BYTES);
      var pause = 1L;
      for (var ended = false; ; ) {
        // Never a read that could block: a descendant may keep the pipe open for ever.
        var hasOutput = output.takeAvailable(out);
        var hasErrors = errors.takeAvailable(err);
        if (hasOutput || hasErrors) {
          pause = 1;
        } else if (ended) {
          return new Completed(process.exitValue(), output.text(), errors.text());
        }
        if (System.nanoTime() - deadline > 0) {
          throw new Cancelled(
              "was ended",
              command.getFirst(),
              "it took longer than " + limit.toSeconds() + " s",
              "");
        }
        ended = process.waitFor(pause, TimeUnit.MILLISECONDS);
        pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("was cancelled", command.getFirst(), "", "", e);
    } finally {
      if (process.isAlive()) {
        end(process);
      }
    }
  }

  /// Children first learn of it together with their parent, so that none is orphaned and missed.
  private static void end(Process process) {
    var all = process.descendants().toList();
    process.destroy();
    all.forEach(ProcessHandle::destroy);
    var deadline = System.nanoTime() + GRACE.toNanos();
    var interrupted = Thread.interrupted();
    while (System.nanoTime() - deadline < 0
        && (process.isAlive() || all.stream().anyMatch(ProcessHandle::isAlive))) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    all.forEach(each -> {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly();
    });
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
