package dev.ansiblevenv.analysis.yaml;

/// White space and line breaks inside a plain or quoted scalar: one break is a space, of several
/// the first is dropped.
final class Folding {

  private final StringBuilder blanks = new StringBuilder();
  private final StringBuilder firstBreak = new StringBuilder();
  private final StringBuilder moreBreaks = new StringBuilder();
  private boolean onNewLine;

  boolean onNewLine() {
    return onNewLine;
  }

  /// A line break that was escaped: it vanishes with the white space behind it.
  void startLine() {
    onNewLine = true;
  }

  void read(TextCursor cursor) {
    if (cursor.atBlank(0)) {
      if (onNewLine) {
        cursor.skip();
      } else {
        cursor.read(blanks);
      }
    } else if (onNewLine) {
      cursor.readLine(moreBreaks);
    } else {
      blanks.setLength(0);
      cursor.readLine(firstBreak);
      onNewLine = true;
    }
  }

  void appendTo(StringBuilder target) {
    if (!onNewLine) {
      target.append(blanks);
    } else if (!firstBreak.isEmpty() && firstBreak.charAt(0) == '\n') {
      target.append(moreBreaks.isEmpty() ? " " : moreBreaks);
    } else {
      target.append(firstBreak).append(moreBreaks);
    }
    blanks.setLength(0);
    firstBreak.setLength(0);
    moreBreaks.setLength(0);
    onNewLine = false;
  }
}
