package dev.ansiblevenv.cli.output;

import java.util.function.IntPredicate;

/// Text as a terminal may get it. Names, messages and requirements come from projects, servers and
/// hosts: an escape sequence among them could rewrite what was shown, a mark of writing direction
/// show it in another order.
public final class Printable {

  private static final char INSTEAD = '?';

  private Printable() {}

  /// Line breaks and tabs stay.
  public static String text(String text) {
    return without(text, c -> isControl(c) && c != '\n' && c != '\t');
  }

  /// For what has to stay in its line.
  static String line(String text) {
    return without(text, Printable::isControl);
  }

  private static String without(String text, IntPredicate unwanted) {
    if (text.chars().noneMatch(unwanted)) {
      return text;
    }
    var shown = new StringBuilder(text.length());
    text.chars().forEach(c -> shown.append(unwanted.test(c) ? INSTEAD : (char) c));
    return shown.toString();
  }

  /// ISO controls, also those of eight bits; [marks of
  /// direction](https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters), line and
  /// paragraph separators.
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || c >= '\u2028' && c <= '\u202e'
        || c >= '\u2066' && c <= '\u2069';
  }
}
