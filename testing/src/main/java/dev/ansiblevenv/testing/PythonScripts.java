package dev.ansiblevenv.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// This module's Python files, laid out once per JVM so that `python3` can run them.
final class PythonScripts {

  private static final List<String> FILES =
      List.of(
          "galaxy_server.py",
          "hostile_archives.py",
          "machine.py",
          "machine_init.sh",
          "make_collections.py",
          "real_collections.py");

  private static final Path DIRECTORY = layOut();

  private PythonScripts() {}

  /// A builder for `python3 SCRIPT ARGUMENTS`, its errors shown on the test's own standard error.
  static ProcessBuilder process(String script, List<String> arguments) {
    var command =
        Stream.concat(
                Stream.of("python3", "-B", DIRECTORY.resolve(script).toString()),
                arguments.stream())
            .toList();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /// Runs a script to its end and returns what it printed, without the last line break.
  static String output(String script, List<String> arguments) {
    try {
      var process = process(script, arguments).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(script + " failed; its reason stands on standard error");
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path layOut() {
    try {
      var directory = Files.createTempDirectory("ansible-venv-testing");
      directory.toFile().deleteOnExit();
      for (var file : FILES) {
        var target = directory.resolve(file);
        try (var in = Objects.requireNonNull(PythonScripts.class.getResourceAsStream(file), file)) {
          Files.copy(in, target);
        }
        target.toFile().deleteOnExit();
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
