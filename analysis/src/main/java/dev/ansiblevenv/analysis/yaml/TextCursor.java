package dev.ansiblevenv.analysis.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.scanner.ScannerException;

/// A place in a text and what stands there.
final class TextCursor {

  /// What stands behind the end. The text itself has no such character.
  private static final int END = 0;

  /// Marks outlive the text by far, and nobody asks them for it.
  private static final int[] NO_TEXT = {};

  private final int[] text;
  private int index;
  private int line;
  private int column;

  TextCursor(String text) {
    this.text = text.codePoints().toArray();
  }

  int peek(int ahead) {
    return index + ahead < text.length ? text[index + ahead] : END;
  }

  boolean at(char c) {
    return peek(0) == c;
  }

  boolean at(int ahead, char c) {
    return peek(ahead) == c;
  }

  boolean atAny(int ahead, String characters) {
    int c = peek(ahead);
    return c != END && characters.indexOf(c) >= 0;
  }

  boolean atEnd() {
    return index >= text.length;
  }

  boolean atBlank(int ahead) {
    return at(ahead, ' ') || at(ahead, '\t');
  }

  boolean atBreak(int ahead) {
    return switch (peek(ahead)) {
      case '\n', '\r', '\u0085', '\u2028', '\u2029' -> true;
      default -> false;
    };
  }

  boolean atBreakOrEnd() {
    return atEnd() || atBreak(0);
  }

  /// At white space, a line break or the end.
  boolean atSpace(int ahead) {
    return atBlank(ahead) || atBreak(ahead) || peek(ahead) == END;
  }

  /// At a character of a name: an anchor, a tag handle, a directive.
  boolean atWord() {
    int c = peek(0);
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || c == '-';
  }

  /// At `---` or `...` on a line of its own or before a space.
  boolean atDocumentIndicator() {
    return column == 0 && (atIndicator('-') || atIndicator('.'));
  }

  boolean atIndicator(char c) {
    return column == 0 && at(c) && at(1, c) && at(2, c) && atSpace(3);
  }

  void skip() {
    index++;
    column++;
  }

  void skip(int count) {
    index += count;
    column += count;
  }

  void skipBlanks() {
    while (atBlank(0)) {
      skip();
    }
  }

  void skipComment() {
    if (at('#')) {
      while (!atBreakOrEnd()) {
        skip();
      }
    }
  }

  void read(StringBuilder target) {
    target.appendCodePoint(text[index]);
    skip();
  }

  /// A line break of any kind, if there is one.
  void skipLine() {
    if (atBreak(0)) {
      index += at('\r') && at(1, '\n') ? 2 : 1;
      column = 0;
      line++;
    }
  }

  /// A line break of any kind as a line feed; the two separators of Unicode as they are.
  void readLine(StringBuilder target) {
    if (atBreak(0)) {
      target.appendCodePoint(peek(0) > '\u0085' ? peek(0) : '\n');
      skipLine();
    }
  }

  int index() {
    return index;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  Mark mark() {
    return new Mark("", index, line, column, NO_TEXT, 0);
  }

  ScannerException error(String context, Mark start, String problem) {
    return new ScannerException(context, start, problem, mark());
  }
}
