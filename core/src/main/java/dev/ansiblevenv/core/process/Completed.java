package dev.ansiblevenv.core.process;

import java.util.List;

/// What a program left when it ended.
///
/// @param exitCode its own, or 128 + the signal's number
public record Completed(int exitCode, String output, String errorOutput) {

  public boolean succeeded() {
    return exitCode == 0;
  }

  /// The last lines that say something, of the error output if there are any, else of the output:
  /// why the program failed, in its own words.
  public String lastLines(int count) {
    var text = errorOutput.isBlank() ? output : errorOutput;
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
