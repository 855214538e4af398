package dev.ansiblevenv.formats.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads [TOML 1.0](https://toml.io/en/v1.0.0) into maps, lists and strings; numbers, dates and
/// booleans are left as the text they are written as.
public final class Toml {

  /// Each level takes some of the stack.
  private static final int DEEPEST = 100;

  private final String text;
  private int at;

  private int nested;

  private Toml(String text) {
    this.text = text;
  }

  /// @throws Malformed when the text is not TOML
  public static Map<String, Object> parse(String text) throws Malformed {
    return new Toml(text).document();
  }

  /// The text is not TOML.
  public static final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    private Malformed(String message, int line) {
      super(message);
      this.line = line;
    }

    /// 1-based.
    public int line() {
      return line;
    }
  }

  private Map<String, Object> document() throws Malformed {
    var root = new LinkedHashMap<String, Object>();
    Map<String, Object> table = root;
    for (skipLines(); at < text.length(); skipLines()) {
      if (take("[[")) {
        table = appended(root, keys("]]"));
      } else if (take("[")) {
        table = descend(root, keys("]"));
      } else {
        pair(table);
      }
      endOfLine();
    }
    return root;
  }

  private List<String> keys(String end) throws Malformed {
    var keys = new ArrayList<String>();
    do {
      skipBlanks();
      keys.add(key());
      skipBlanks();
    } while (take("."));
    expect(end);
    return keys;
  }

  private void pair(Map<String, Object> table) throws Malformed {
    var keys = keys("=");
    var last = keys.removeLast();
    skipBlanks();
    if (descend(table, keys).putIfAbsent(last, value()) != null) {
      throw malformed("the key `" + last + "` stands twice");
    }
  }

  private String key() throws Malformed {
    if (at < text.length() && (peek() == '"' || peek() == '\'')) {
      return string();
    }
    var start = at;
    while (at < text.length() && (Character.isLetterOrDigit(peek()) || "_-".indexOf(peek()) >= 0)) {
      at++;
    }
    if (start == at) {
      throw malformed("a key is expected");
    }
    return text.substring(start, at);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> descend(Map<String, Object> table, List<String> keys)
      throws Malformed {
    var current = table;
    for (var key : keys) {
      var next = current.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
      if (next instanceof List<?> list && !list.isEmpty()) {
        next = list.getLast();
      }
      if (!(next instanceof Map<?, ?>)) {
        throw malformed("`" + key + "` is no table");
      }
      current = (Map<String, Object>) next;
    }
    return current;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> appended(Map<String, Object> root, List<String> keys)
      throws Malformed {
    var last = keys.removeLast();
    var tables = descend(root, keys).computeIfAbsent(last, _ -> new ArrayList<Object>());
    if (!(tables instanceof List<?>)) {
      throw malformed("`" + last + "` is no array of tables");
    }
    var table = new LinkedHashMap<String, Object>();
    ((List<Object>) tables).add(table);
    return table;
  }

  private Object value() throws Malformed {
    if (at >= text.length()) {
      throw malformed("a value is expected");
    }
    if (nested == DEEPEST) {
      throw malformed("values are nested too deeply");
    }
    nested++;
    var value = anyValue();
    nested--;
    return value;
  }

  private Object anyValue() throws Malformed {
    return switch (peek()) {
      case '"', '\'' -> string();
      case '[' -> array();
      case '{' -> inlineTable();
      default -> scalar();
    };
  }

  private List<Object> array() throws Malformed {
    expect("[");
    var values = new ArrayList<>();
    skipLines();
    while (!take("]")) {
      values.add(value());
      skipLines();
      if (!take(",") && (at >= text.length() || peek() != ']')) {
        throw malformed("`,` or `]` is expected");
      }
      skipLines();
    }
    return values;
  }

  private Map<String, Object> inlineTable() throws Malformed {
    expect("{");
    var table = new LinkedHashMap<String, Object>();
    skipBlanks();
    while (!take("}")) {
      pair(table);
      skipBlanks();
      if (!take(",") && (at >= text.length() || peek() != '}')) {
        throw malformed("`,` or `}` is expected");
      }
      skipBlanks();
    }
    return table;
  }

  private String scalar() throws Malformed {
    var start = at;
    while (at < text.length() && ",]}#\r\n".indexOf(peek()) < 0) {
      at++;
    }
    var scalar = text.substring(start, at).strip();
    if (!scalar.matches(
        "true|false|[+-]?(?:inf|nan)|[+-]?[0-9][0-9A-Za-z_:.+-]*(?: [0-9:.Z+-]+)?")) {
      throw malformed("`" + scalar + "` is no value");
    }
    return scalar;
  }

  private String string() throws Malformed {
    var quote = text.substring(at, at + 1);
    if (text.startsWith(quote.repeat(3), at)) {
      throw malformed("strings of several lines are not expected here");
    }
    at++;
    var value = new StringBuilder();
    while (at < text.length() && !text.startsWith(quote, at)) {
      var c = text.charAt(at++);
      if (c == '\n') {
        throw malformed("a string does not end");
      }
      value.append(c == '\\' && quote.equals("\"") ? escaped() : String.valueOf(c));
    }
    expect(quote);
    return value.toString();
  }

  private String escaped() throws Malformed {
    var c = at < text.length() ? text.charAt(at++) : '\0';
    return switch (c) {
      case '"', '\\' -> String.valueOf(c);
      case 'b' -> "\b";
      case 't' -> "\t";
      case 'n' -> "\n";
      case 'f' -> "\f";
      case 'r' -> "\r";
      case 'u' -> codePoint(4);
      case 'U' -> codePoint(8);
      default -> throw malformed("`\\" + c + "` is no escape");
    };
  }

  private String codePoint(int digits) throws Malformed {
    try {
      var end = at + digits;
      var code = Integer.parseInt(text.substring(at, end), 16);
      at = end;
      return Character.toString(code);
    } catch (RuntimeException e) {
      throw malformed("a character's number is malformed");
    }
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean take(String token) {
    var found = text.startsWith(token, at);
    at += found ? token.length() : 0;
    return found;
  }

  private void expect(String token) throws Malformed {
    if (!take(token)) {
      throw malformed("`" + token + "` is expected");
    }
  }

  private void skipBlanks() {
    while (at < text.length() && (peek() == ' ' || peek() == '\t')) {
      at++;
    }
  }

  private void skipLines() {
    while (at < text.length() && (Character.isWhitespace(peek()) || peek() == '#')) {
      if (peek() == '#') {
        skipComment();
      } else {
        at++;
      }
    }
  }

  private void skipComment() {
    while (at < text.length() && peek() != '\n') {
      at++;
    }
  }

  private void endOfLine() throws Malformed {
    skipBlanks();
    if (at < text.length() && peek() == '#') {
      skipComment();
    }
    if (at < text.length() && !take("\n") && !take("\r\n")) {
      throw malformed("the line's end is expected");
    }
  }

  private Malformed malformed(String message) {
    var line =
        1
            + (int)
                text.substring(0, Math.min(at, text.length()))
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
    return new Malformed(message, line);
  }
}
