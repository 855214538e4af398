package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A uv that works on this machine.
///
/// @param origin `PATH`, or `managed` for the pinned one in this program's cache
/// @param environment all that uv sees: see [UvEnvironment]
public record Uv(Path executable, String version, String origin, Map<String, String> environment) {

  /// The oldest that is taken from PATH. 0.9.6 resolves for all platforms at once into
  /// `pylock.toml` and installs from it with hashes (tried), and is the first after the repair of
  /// how archives are unpacked (GHSA-w476-p2h3-79g9, GHSA-pqhf-p39g-3x64).
  public static final String OLDEST = "0.9.6";

  /// Runs it and returns what it said, whatever the exit code. Credentials in URLs are already gone
  /// from both streams.
  ///
  /// @param directory where project files are looked for by uv: a directory of ours
  /// @throws dev.ansiblevenv.diagnostic.Cancelled on interrupt or when `limit` is over
  public Completed attempt(Path directory, List<String> arguments, Duration limit) {
    var command = new ArrayList<String>();
    command.add(executable.toString());
    command.addAll(arguments);
    try {
      var completed = new Program(command, environment, directory).run(limit);
      return new Completed(
          completed.exitCode(),
          Redacted.text(completed.output()),
          Redacted.text(completed.errorOutput()));
    } catch (IOException e) {
      throw new Unresolvable(
          "cannot be started", executable.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  /// As [#attempt], for a call that has to succeed.
  ///
  /// @return the standard output
  /// @throws Unresolvable with uv's own last lines
  public String run(Path directory, List<String> arguments, Duration limit) {
    var completed = attempt(directory, arguments, limit);
    if (!completed.succeeded()) {
      throw new Unresolvable(
          "`uv "
              + String.join(" ", arguments.subList(0, Math.min(2, arguments.size())))
              + "` failed",
          "",
          completed.lastLines(20),
          "");
    }
    return completed.output();
  }

  /// Whether it is new enough.
  boolean fits() {
    return ToolVersion.of(version).compareTo(ToolVersion.of(OLDEST)) >= 0;
  }

  @Override
  public String toString() {
    return "uv " + version + " (" + origin + ", " + executable + ")";
  }
}
