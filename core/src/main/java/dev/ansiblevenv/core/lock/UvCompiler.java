package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.core.tool.Uv;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `uv pip compile` into a `pylock.toml` for every platform. The requirements go in through
/// standard input: neither a file's path nor a user's text is in the command line, or comes into
/// the lock.
final class UvCompiler {

  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Uv uv;

  UvCompiler(Uv uv) {
    this.uv = uv;
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

  /// @param lines requirements, one a line
  Result compile(List<String> lines, LockRequest request) {
    var arguments =
        new ArrayList<>(
            List.of(
                "pip",
                "compile",
                "--universal",
                "--python-version",
                request.pythonVersion(),
                "--format",
                "pylock.toml",
                "--no-header",
                "--quiet"));
    if (request.offline()) {
      arguments.add("--offline");
    }
    arguments.add("requirements.in");
    try {
      var directory = Files.createTempDirectory("ansible-venv-lock");
      try {
        Files.writeString(directory.resolve("requirements.in"), String.join("\n", lines) + "\n");
        var completed = uv.attempt(directory, arguments, LIMIT);
        return completed.succeeded()
            ? new Result.Locked(completed.output())
            : failure(completed.errorOutput().strip());
      } finally {
        Trees.delete(directory);
      }
    } catch (IOException e) {
      throw new StateConflict(
          "cannot write a temporary file", "", String.valueOf(e.getMessage()), "", e);
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
