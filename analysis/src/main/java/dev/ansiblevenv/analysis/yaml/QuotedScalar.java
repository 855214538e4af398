package dev.ansiblevenv.analysis.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.tokens.ScalarToken;

/// A scalar in single or double quotes.
final class QuotedScalar {

  private static final String CONTEXT = "while scanning a quoted scalar";

  private final TextCursor cursor;
  private final Mark start;
  private final char quote;
  private final StringBuilder value = new StringBuilder();

  private QuotedScalar(TextCursor cursor) {
    this.cursor = cursor;
    this.start = cursor.mark();
    this.quote = (char) cursor.peek(0);
  }

  static ScalarToken scan(TextCursor cursor) {
    return new QuotedScalar(cursor).token();
  }

  private ScalarToken token() {
    cursor.skip();
    while (true) {
      if (cursor.atDocumentIndicator()) {
        throw cursor.error(CONTEXT, start, "found unexpected document indicator");
      }
      if (cursor.atEnd()) {
        throw cursor.error(CONTEXT, start, "found unexpected end of stream");
      }
      var folding = new Folding();
      characters(folding);
      if (cursor.at(quote)) {
        break;
      }
      while (cursor.atBlank(0) || cursor.atBreak(0)) {
        folding.read(cursor);
      }
      folding.appendTo(value);
    }
    cursor.skip();
    var style = quote == '"' ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.SINGLE_QUOTED;
    return new ScalarToken(value.toString(), false, start, cursor.mark(), style);
  }

  private void characters(Folding folding) {
    boolean single = quote == '\'';
    while (!cursor.atSpace(0)) {
      if (single && cursor.at('\'') && cursor.at(1, '\'')) {
        value.append('\'');
        cursor.skip(2);
      } else if (cursor.at(quote)) {
        return;
      } else if (!single && cursor.at('\\') && cursor.atBreak(1)) {
        cursor.skip();
        cursor.skipLine();
        folding.startLine();
        return;
      } else if (!single && cursor.at('\\')) {
        escape();
      } else {
        cursor.read(value);
      }
    }
  }

  private void escape() {
    int digits = 0;
    switch (cursor.peek(1)) {
      case '0' -> value.append('\0');
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 't', '\t' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'v' -> value.append('\u000B');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case 'e' -> value.append('\u001B');
      case ' ' -> value.append(' ');
      case '"' -> value.append('"');
      case '/' -> value.append('/');
      case '\\' -> value.append('\\');
      case 'N' -> value.append('\u0085');
      case '_' -> value.append('\u00A0');
      case 'L' -> value.append('\u2028');
      case 'P' -> value.append('\u2029');
      case 'x' -> digits = 2;
      case 'u' -> digits = 4;
      case 'U' -> digits = 8;
      default ->
          throw cursor.error(
              "while parsing a quoted scalar", start, "found unknown escape character");
    }
    cursor.skip(2);
    if (digits > 0) {
      value.appendCodePoint(codePoint(digits));
    }
  }

  private int codePoint(int digits) {
    long code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = cursor.peek(i) < 128 ? Character.digit(cursor.peek(i), 16) : -1;
      if (digit < 0) {
        throw cursor.error(
            "while parsing a quoted scalar", start, "did not find expected hexdecimal number");
      }
      code = code * 16 + digit;
    }
    if ((code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) {
      throw cursor.error(
          "while parsing a quoted scalar", start, "found invalid Unicode character escape code");
    }
    cursor.skip(digits);
    return (int) code;
  }
}
