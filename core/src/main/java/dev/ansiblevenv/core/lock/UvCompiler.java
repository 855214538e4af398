package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.core.tool.Uv;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `uv pip compile` into a `pylock.toml` for every platform. The requirements go in through
/// standard input: neither a file's path nor a user's text is in the command line, or comes into
/// the lock.
final class UvCompiler {

  private static final Duration LIMIT = Duration.ofMinutes(15);

  /// What a package needs that has no wheel may show only when it is built: C code takes minutes,
  /// and most controllers cannot build it at all.
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);

  /// uv takes a refused login for a package that is not there, and mentions the refusal at the end.
  private static final Pattern REFUSAL =
      Pattern.compile("hint: An index[^(\n]*\\(([^)\\s]+)\\)[^\n]*?\\b(40[13] [A-Z][a-z]+)");

  private static final String PYLOCK = "pylock.toml";

  private static final String NO_WHEELS = "no usable wheels";

  private static final String CAUSE = "cause: ";

  private static final String FETCH = "Failed to fetch";

  private final Uv uv;
  private final CacheDirectory cache;

  /// @param cache uv runs in it: it obeys an `uv.toml` in its directory and in all above, and in
  ///   the system's temporary directory anybody may put one
  UvCompiler(Uv uv, CacheDirectory cache) {
    this.uv = uv;
    this.cache = cache;
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

    /// An index wants another login.
    ///
    /// @param index its URL, without a login
    /// @param answer such as `401 Unauthorized`
    record Refused(String index, String answer) implements Result {}

    /// Anything else: the index does not answer, a package cannot be built.
    record Failed(String text) implements Result {}
  }

  /// @param lines requirements, one a line
  /// @param constraints bounds of packages that need not be among the requirements, one a line
  ///
  ///   Versions with wheels are preferred to newer ones without: hosts rarely have a compiler. For
  ///   a project that is not trusted nothing is built.
  Result compile(List<String> lines, List<String> constraints, LockRequest request) {
    var wheelsOnly = compile(lines, constraints, request, true);
    if (!request.isTrusted()
        || !(wheelsOnly instanceof Result.NoSolution(var text))
        || !text.contains(NO_WHEELS)) {
      return wheelsOnly;
    }
    try {
      return compile(lines, constraints, request, false);
    } catch (Cancelled e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return wheelsOnly;
    }
  }

  private Result compile(
      List<String> lines, List<String> constraints, LockRequest request, boolean wheelsOnly) {
    var arguments =
        new ArrayList<>(
            List.of(
                "pip",
                "compile",
                "--universal",
                "--python-version",
                request.pythonVersion(),
                "--format",
                PYLOCK,
                "--no-header",
                "--quiet"));
    if (wheelsOnly) {
      arguments.add("--no-build");
    }
    if (request.offline()) {
      arguments.add("--offline");
    }
    if (!constraints.isEmpty()) {
      arguments.addAll(List.of("--constraint", "constraints.txt"));
    }
    arguments.add("requirements.in");
    try {
      var directory = Files.createDirectory(cache.building());
      try {
        write(directory.resolve("requirements.in"), lines);
        write(directory.resolve("constraints.txt"), constraints);
        if (request.preferred().isPresent()) {
          // uv keeps the versions of an output file that is there.
          Files.writeString(directory.resolve(PYLOCK), request.preferred().get().pylock());
          arguments.addAll(List.of("--output-file", PYLOCK));
        }
        var completed = uv.attempt(directory, arguments, wheelsOnly ? LIMIT : BUILD_LIMIT);
        if (!completed.succeeded()) {
          return failure(completed.errorOutput().strip());
        }
        return new Result.Locked(
            request.preferred().isPresent()
                ? Files.readString(directory.resolve(PYLOCK))
                : completed.output());
      } finally {
        Trees.delete(directory);
      }
    } catch (IOException e) {
      throw new StateConflict(
          "cannot write a temporary file", "", String.valueOf(e.getMessage()), "", e);
    }
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static Result failure(String errors) {
    var text = errors.replaceFirst("^error: ", "");
    var refusal = REFUSAL.matcher(text);
    if (refusal.find()) {
      return new Result.Refused(refusal.group(1), refusal.group(2));
    }
    if (text.contains("No solution found")) {
      return new Result.NoSolution(text.replaceFirst("(?s)^No solution found[^\n]*\n", "").strip());
    }
    return text.contains("Couldn't parse requirement")
        ? new Result.Unreadable(text)
        : new Result.Failed(shortened(text));
  }

  /// What failed, the address that was asked, and the innermost cause: uv has a line for each layer
  /// in between, and of a build everything that was printed.
  private static String shortened(String text) {
    var lines =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("hint:"))
            .toList();
    if (lines.stream().noneMatch(line -> line.startsWith(CAUSE))) {
      return text;
    }
    return Stream.of(
            lines.stream().limit(1),
            lines.stream().filter(line -> line.startsWith(CAUSE + FETCH)),
            Stream.of(lines.getLast()))
        .flatMap(part -> part)
        .map(line -> line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line)
        .distinct()
        .collect(Collectors.joining(": "));
  }
}
