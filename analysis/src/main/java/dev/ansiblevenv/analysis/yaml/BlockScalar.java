package dev.ansiblevenv.analysis.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.tokens.ScalarToken;

/// A scalar behind `|` or `>`.
final class BlockScalar {

  private static final String CONTEXT = "while scanning a block scalar";

  private enum Chomping {
    STRIP,
    CLIP,
    KEEP
  }

  private final TextCursor cursor;
  private final int parentIndent;
  private final Mark start;
  private final boolean literal;
  private final StringBuilder breaks = new StringBuilder();
  private Chomping chomping = Chomping.CLIP;
  private int indent;
  private Mark end;

  private BlockScalar(TextCursor cursor, int parentIndent) {
    this.cursor = cursor;
    this.parentIndent = parentIndent;
    this.start = cursor.mark();
    this.end = start;
    this.literal = cursor.at('|');
  }

  static ScalarToken scan(TextCursor cursor, int parentIndent) {
    return new BlockScalar(cursor, parentIndent).token();
  }

  private ScalarToken token() {
    header();
    var value = new StringBuilder();
    var lineBreak = new StringBuilder();
    boolean leadingBlank = false;
    breaks();
    while (cursor.column() == indent && !cursor.atEnd()) {
      boolean trailingBlank = cursor.atBlank(0);
      boolean folds =
          !literal
              && !lineBreak.isEmpty()
              && lineBreak.charAt(0) == '\n'
              && !leadingBlank
              && !trailingBlank;
      if (folds) {
        value.append(breaks.isEmpty() ? " " : "");
      } else {
        value.append(lineBreak);
      }
      lineBreak.setLength(0);
      value.append(breaks);
      breaks.setLength(0);
      leadingBlank = trailingBlank;
      while (!cursor.atBreakOrEnd()) {
        cursor.read(value);
      }
      cursor.readLine(lineBreak);
      breaks();
    }
    if (chomping != Chomping.STRIP) {
      value.append(lineBreak);
    }
    if (chomping == Chomping.KEEP) {
      value.append(breaks);
    }
    var style = literal ? ScalarStyle.LITERAL : ScalarStyle.FOLDED;
    return new ScalarToken(value.toString(), false, start, end, style);
  }

  private void header() {
    cursor.skip();
    if (chomping()) {
      increment();
    } else if (increment()) {
      chomping();
    }
    cursor.skipBlanks();
    cursor.skipComment();
    if (!cursor.atBreakOrEnd()) {
      throw cursor.error(CONTEXT, start, "did not find expected comment or line break");
    }
    cursor.skipLine();
  }

  private boolean chomping() {
    if (!cursor.atAny(0, "+-")) {
      return false;
    }
    chomping = cursor.at('+') ? Chomping.KEEP : Chomping.STRIP;
    cursor.skip();
    return true;
  }

  private boolean increment() {
    if (!cursor.atAny(0, "0123456789")) {
      return false;
    }
    if (cursor.at('0')) {
      throw cursor.error(CONTEXT, start, "found an indentation indicator equal to 0");
    }
    indent = Math.max(parentIndent, 0) + cursor.peek(0) - '0';
    cursor.skip();
    return true;
  }

  /// Empty lines, and the indentation of the line behind them.
  private void breaks() {
    int deepest = 0;
    end = cursor.mark();
    while (true) {
      while ((indent == 0 || cursor.column() < indent) && cursor.at(' ')) {
        cursor.skip();
      }
      deepest = Math.max(deepest, cursor.column());
      if ((indent == 0 || cursor.column() < indent) && cursor.at('\t')) {
        throw cursor.error(
            CONTEXT, start, "found a tab character where an indentation space is expected");
      }
      if (!cursor.atBreak(0)) {
        break;
      }
      cursor.readLine(breaks);
      end = cursor.mark();
    }
    if (indent == 0) {
      indent = Math.max(1, Math.max(deepest, parentIndent + 1));
    }
  }
}
