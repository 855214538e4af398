package dev.ansiblevenv.core.process;

import dev.ansiblevenv.diagnostic.Cancelled;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// One program with its arguments, run without a shell, with nothing on its standard input.
///
/// @param command the executable, then its arguments
/// @param environment all that it sees of one; nothing is inherited
public record Program(List<String> command, Map<String, String> environment, Path directory) {

  private static final Duration GRACE = Duration.ofSeconds(2);

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// Runs it to its end and captures both streams, read as UTF-8.
  ///
  /// @throws IOException when it cannot be started
  /// @throws Cancelled when the time is over or the thread is interrupted; the program and all that
  ///   it started are gone then
  public Completed run(Duration limit) throws IOException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = text(process.getInputStream());
    var errors = text(process.getErrorStream());
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        end(process);
        throw new Cancelled(
            "was ended", command.getFirst(), "it took longer than " + limit.toSeconds() + " s", "");
      }
      return new Completed(process.exitValue(), output.join(), errors.join());
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new Cancelled("was cancelled", command.getFirst(), "", "", e);
    } catch (CompletionException e) {
      throw new IOException("cannot read the output of " + command.getFirst(), e);
    }
  }

  private static CompletableFuture<String> text(InputStream stream) {
    var result = new CompletableFuture<String>();
    PipeReader.thread("program-output")
        .start(() -> {
          try (stream) {
            result.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            result.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return result;
  }

  /// Children first learn of it together with their parent, so that none is orphaned and missed.
  private static void end(Process process) {
    var all = List.copyOf(process.descendants().toList());
    process.destroy();
    all.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
