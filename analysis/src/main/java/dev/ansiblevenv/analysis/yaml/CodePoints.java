package dev.ansiblevenv.analysis.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/// The whole text in memory at once. The superclass reads through a moving window which it copies
/// for every thousand characters of one scalar: quadratic for a scalar of a megabyte.
final class CodePoints extends StreamReader {

  private static final int END = 0;

  private final int[] text;
  private int index;
  private int line;
  private int column;

  CodePoints(String text) {
    super("");
    this.text = text.codePoints().toArray();
  }

  @Override
  public Mark getMark() {
    return new Mark("", index, line, column, text, index);
  }

  @Override
  public void forward() {
    forward(1);
  }

  @Override
  public void forward(int length) {
    for (int i = 0; i < length && index < text.length; i++) {
      int c = text[index++];
      if (c == '\n'
          || c == '\u0085'
          || c == '\u2028'
          || c == '\u2029'
          || (c == '\r' && peek() != '\n')) {
        line++;
        column = 0;
      } else if (c != '\uFEFF') {
        column++;
      }
    }
  }

  @Override
  public int peek() {
    return peek(0);
  }

  @Override
  public int peek(int ahead) {
    return index + ahead < text.length ? text[index + ahead] : END;
  }

  @Override
  public String prefix(int length) {
    return new String(text, index, Math.min(length, text.length - index));
  }

  @Override
  public String prefixForward(int length) {
    var prefix = prefix(length);
    index += length;
    column += length;
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  @Override
  public int getDocumentIndex() {
    return index;
  }

  @Override
  public void resetDocumentIndex() {}

  @Override
  public int getIndex() {
    return index;
  }

  @Override
  public int getLine() {
    return line;
  }
}
