package dev.ansiblevenv.analysis.inventory;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One string literal of Python in one line, with its prefix and escapes.
final class PythonString {

  private final String text;
  private int at;
  private boolean bytes;

  PythonString(String text, int start) {
    this.text = text;
    this.at = start;
  }

  boolean isNext() {
    int i = at;
    while (i < text.length() && i < at + 2 && Character.isLetter(text.charAt(i))) {
      i++;
    }
    return i < text.length() && (text.charAt(i) == '\'' || text.charAt(i) == '"');
  }

  /// Whether what was read are bytes.
  boolean isBytes() {
    return bytes;
  }

  int end() {
    return at;
  }

  /// The value, or null if there is no whole string literal here.
  @Nullable String read() {
    int start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    var prefix = text.substring(start, at).toLowerCase(Locale.ROOT);
    bytes = prefix.contains("b");
    boolean raw =
        switch (prefix) {
          case "", "u", "b" -> false;
          case "r", "rb", "br" -> true;
          default -> {
            at = text.length();
            yield false;
          }
        };
    if (at >= text.length()) {
      return null;
    }
    char quote = text.charAt(at);
    var triple = String.valueOf(quote).repeat(3);
    var close = text.startsWith(triple, at) ? triple : String.valueOf(quote);
    at += close.length();
    var value = new StringBuilder();
    while (!text.startsWith(close, at)) {
      if (at >= text.length()) {
        return null;
      }
      char c = text.charAt(at++);
      if (c != '\\') {
        value.append(c);
      } else if (at >= text.length()) {
        return null;
      } else if (raw) {
        value.append(c).append(text.charAt(at++));
      } else if (!escape(value)) {
        return null;
      }
    }
    at += close.length();
    return value.toString();
  }

  private boolean escape(StringBuilder value) {
    char c = text.charAt(at++);
    switch (c) {
      case '\\', '\'', '"' -> value.append(c);
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case 'x' -> {
        return hexadecimal(2, value);
      }
      case 'u' -> {
        return hexadecimal(4, value);
      }
      case 'U' -> {
        return hexadecimal(8, value);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int code = c - '0';
        for (int i = 0; i < 2 && at < text.length() && isOctal(text.charAt(at)); i++) {
          code = code * 8 + text.charAt(at++) - '0';
        }
        value.appendCodePoint(code);
      }
      default -> value.append('\\').append(c);
    }
    return true;
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private boolean hexadecimal(int digits, StringBuilder value) {
    if (at + digits > text.length()) {
      return false;
    }
    try {
      int code = Integer.parseUnsignedInt(text, at, at + digits, 16);
      if (!Character.isValidCodePoint(code)) {
        return false;
      }
      value.appendCodePoint(code);
      at += digits;
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
