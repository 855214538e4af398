package dev.ansiblevenv.analysis.yaml;

import org.yaml.snakeyaml.tokens.ScalarToken;

/// A scalar without quotes.
final class PlainScalar {

  private static final String CONTEXT = "while scanning a plain scalar";

  /// @param endsOnNewLine whether white space behind the scalar reached another line
  record Scanned(ScalarToken token, boolean endsOnNewLine) {}

  private PlainScalar() {}

  static Scanned scan(TextCursor cursor, int parentIndent, boolean flow) {
    var start = cursor.mark();
    var end = start;
    var value = new StringBuilder();
    var folding = new Folding();
    while (!cursor.atDocumentIndicator() && !cursor.at('#')) {
      while (!cursor.atSpace(0)) {
        if (flow && cursor.at(':') && cursor.atAny(1, ",?[]{}")) {
          throw cursor.error(CONTEXT, start, "found unexpected ':'");
        }
        if ((cursor.at(':') && cursor.atSpace(1)) || (flow && cursor.atAny(0, ",[]{}"))) {
          break;
        }
        folding.appendTo(value);
        cursor.read(value);
        end = cursor.mark();
      }
      if (!cursor.atBlank(0) && !cursor.atBreak(0)) {
        break;
      }
      while (cursor.atBlank(0) || cursor.atBreak(0)) {
        if (folding.onNewLine() && cursor.at('\t') && cursor.column() <= parentIndent) {
          throw cursor.error(CONTEXT, start, "found a tab character that violates indentation");
        }
        folding.read(cursor);
      }
      if (!flow && cursor.column() <= parentIndent) {
        break;
      }
    }
    return new Scanned(new ScalarToken(value.toString(), start, end, true), folding.onNewLine());
  }
}
