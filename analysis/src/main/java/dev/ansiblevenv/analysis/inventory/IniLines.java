package dev.ansiblevenv.analysis.inventory;

import java.util.ArrayList;
import java.util.List;

/// The lines of an INI inventory, split and stripped as Python's `str.splitlines` and `str.strip`
/// do, with their places in the text.
final class IniLines {

  /// @param number 1-based
  /// @param start of the line's first character
  /// @param from of the first character that is not white space
  /// @param to behind the last character that is not white space
  /// @param end before the line break
  /// @param next behind the line break
  record Line(int number, int start, int from, int to, int end, int next) {
    boolean isEmpty() {
      return from == to;
    }
  }

  private IniLines() {}

  static List<Line> of(String text) {
    var lines = new ArrayList<Line>();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && !isBreak(text.charAt(end))) {
        end++;
      }
      int next = end == text.length() ? end : text.startsWith("\r\n", end) ? end + 2 : end + 1;
      lines.add(line(text, lines.size() + 1, start, end, next));
      start = next;
    }
    return lines;
  }

  static String strip(String text) {
    var line = line(text, 1, 0, text.length(), text.length());
    return text.substring(line.from(), line.to());
  }

  private static Line line(String text, int number, int start, int end, int next) {
    int from = start;
    while (from < end && isSpace(text.charAt(from))) {
      from++;
    }
    int to = end;
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return new Line(number, start, from, to, end, next);
  }

  private static boolean isBreak(char c) {
    return switch (c) {
      case '\n', '\r', '\u000b', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029' ->
          true;
      default -> false;
    };
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
