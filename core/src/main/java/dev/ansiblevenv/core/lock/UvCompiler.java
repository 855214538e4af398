package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.tool.Uv;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `uv pip compile` into a `pylock.toml` for every platform. The requirements go in through
/// standard input: neither a file's path nor a user's text is in the command line, or comes into
/// the lock.
final class UvCompiler {

  private final Uv uv;
  private final Map<String, String> environment;

  /// @param environment all of what uv runs with
  UvCompiler(Uv uv, Map<String, String> environment) {
    this.uv = uv;
    this.environment = Map.copyOf(environment);
  }

  /// How uv ended.
  sealed interface Result {

    /// @param pylock the lock's text
    record Locked(String pylock) implements Result {}

    /// The requirements contradict each other, or no version of something is there.
    ///
    /// @param text uv's explanation
    record NoSolution(String text) implements Result {}

    /// A line is no requirement.
    record Unreadable(String text) implements Result {}

    /// Anything else: the index does not answer, a package cannot be built.
    record Failed(String text) implements Result {}
  }

  /// Runs in the project directory, so that its own `uv.toml` counts.
  ///
  /// @param lines requirements, one a line
  Result compile(List<String> lines, LockRequest request, boolean withDependencies) {
    var command =
        new ArrayList<>(
            List.of(
                uv.executable().toString(),
                "pip",
                "compile",
                "--universal",
                "--python-version",
                request.pythonVersion(),
                "--format",
                "pylock.toml",
                "--no-header",
                "--no-python-downloads",
                "--no-progress",
                "--color",
                "never",
                "--quiet"));
    if (!withDependencies) {
      command.add("--no-deps");
    }
    if (request.offline()) {
      command.add("--offline");
    }
    command.add("-");
    try {
      return run(command, String.join("\n", lines) + "\n", request.project());
    } catch (IOException e) {
      throw new StateConflict(
          "cannot run uv", uv.executable().toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private Result run(List<String> command, String input, Path directory) throws IOException {
    var scratch = Files.createTempDirectory("ansible-venv-lock");
    var files = List.of(scratch.resolve("in"), scratch.resolve("out"), scratch.resolve("err"));
    try {
      Files.writeString(files.get(0), input);
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(files.get(0).toFile())
              .redirectOutput(files.get(1).toFile())
              .redirectError(files.get(2).toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      var exit = exit(builder.start());
      var errors = Redacted.text(Files.readString(files.get(2), StandardCharsets.UTF_8)).strip();
      return exit == 0
          ? new Result.Locked(Files.readString(files.get(1), StandardCharsets.UTF_8))
          : failure(errors);
    } finally {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(scratch);
    }
  }

  private static int exit(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new Cancelled("was cancelled", "", "", "", e);
    }
  }

  private static Result failure(String errors) {
    var text = errors.replaceFirst("^error: ", "");
    if (text.contains("No solution found")) {
      return new Result.NoSolution(text.replaceFirst("(?s)^No solution found[^\n]*\n", "").strip());
    }
    return text.contains("Couldn't parse requirement")
        ? new Result.Unreadable(text)
        : new Result.Failed(text);
  }
}
