package dev.ansiblevenv.analysis.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A line of a requirements file without its comment, together with those that continue it.
///
/// @param text neither empty nor with white space around it
/// @param line 1-based number of the first of its lines
record LogicalLine(String text, int line) {

  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*$");
  private static final Pattern ONLY_A_COMMENT = Pattern.compile("\\s*#");
  private static final Pattern BACKSLASHES = Pattern.compile("^\\\\+|\\\\+$");
  private static final Pattern LINE_END = Pattern.compile("\\R");

  /// Lines are joined before comments go, as in pip: a backslash behind a comment continues the
  /// comment, and a line that is all comment ends what came before.
  static List<LogicalLine> of(String text) {
    var lines = new ArrayList<LogicalLine>();
    var number = 0;
    var first = 0;
    var joined = new StringBuilder();
    for (var line : LINE_END.split(text, -1)) {
      number++;
      first = first == 0 ? number : first;
      var isComment = ONLY_A_COMMENT.matcher(line).lookingAt();
      if (line.endsWith("\\") && !isComment) {
        joined.append(BACKSLASHES.matcher(line).replaceAll(""));
        continue;
      }
      add(lines, joined.append(isComment ? " " : "").append(line).toString(), first);
      joined.setLength(0);
      first = 0;
    }
    add(lines, joined.toString(), first);
    return lines;
  }

  private static void add(List<LogicalLine> lines, String text, int line) {
    var content = COMMENT.matcher(text).replaceFirst("").strip();
    if (!content.isEmpty()) {
      lines.add(new LogicalLine(content, line));
    }
  }
}
