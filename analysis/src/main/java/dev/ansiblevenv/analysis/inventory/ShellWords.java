package dev.ansiblevenv.analysis.inventory;

import java.util.ArrayList;
import java.util.List;

/// Splits text into words as Ansible does, with Python's
/// [shlex.split](https://docs.python.org/3/library/shlex.html).
public final class ShellWords {

  /// @param text without its quotes and escapes
  /// @param start offset of the first character as written
  /// @param end offset behind the last character as written
  record Word(String text, int start, int end) {}

  private final String line;
  private final int limit;
  private final boolean comments;
  private final List<Word> words = new ArrayList<>();
  private int at;

  private ShellWords(String line, int start, int limit, boolean comments) {
    this.line = line;
    this.at = start;
    this.limit = limit;
    this.comments = comments;
  }

  /// The words of a variable's value.
  ///
  /// @throws IllegalArgumentException when a quotation or an escape is not complete
  public static List<String> split(String text) {
    var splitter = new ShellWords(text, 0, text.length(), false);
    while (splitter.next()) {}
    return splitter.words.stream().map(Word::text).toList();
  }

  /// The words of a line of an INI inventory, with comments: `#` ends the line wherever it is not
  /// quoted, also inside a word.
  ///
  /// @param start where in `text` the line begins
  /// @param limit where it ends
  /// @throws IllegalArgumentException when a quotation or an escape is not complete
  static List<Word> split(String text, int start, int limit) {
    var splitter = new ShellWords(text, start, limit, true);
    while (splitter.next()) {}
    return splitter.words;
  }

  private boolean next() {
    while (at < limit && isSpace(line.charAt(at))) {
      at++;
    }
    if (at >= limit || isComment(line.charAt(at))) {
      return false;
    }
    int start = at;
    var word = new StringBuilder();
    while (at < limit) {
      char c = line.charAt(at);
      if (isSpace(c) || isComment(c)) {
        break;
      }
      at++;
      switch (c) {
        case '\'', '"' -> quotation(c, word);
        case '\\' -> word.append(escaped());
        default -> word.append(c);
      }
    }
    words.add(new Word(word.toString(), start, at));
    return true;
  }

  private void quotation(char quote, StringBuilder word) {
    while (at < limit) {
      char c = line.charAt(at++);
      if (c == quote) {
        return;
      }
      if (c == '\\' && quote == '"') {
        char next = escaped();
        word.append(next == '"' || next == '\\' ? "" : "\\").append(next);
      } else {
        word.append(c);
      }
    }
    throw new IllegalArgumentException("a quotation has no end");
  }

  private char escaped() {
    if (at >= limit) {
      throw new IllegalArgumentException("nothing follows a backslash");
    }
    return line.charAt(at++);
  }

  private boolean isComment(char c) {
    return comments && c == '#';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
