package dev.ansiblevenv.analysis.inventory;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives the values of an INI inventory the types that Ansible gives them: what Python's
/// [ast.literal_eval](https://docs.python.org/3/library/ast.html#ast.literal_eval) can read is a
/// number, truth value, list or mapping, everything else stays text. `True` is a truth value,
/// `true` and `yes` are text; `0644` is text.
final class PythonLiteral {

  private static final int MAXIMUM_DEPTH = 90;

  private static final Pattern INTEGER =
      Pattern.compile(
          "0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?:(?:D)?\\.D|D\\.)(?:[eE][+-]?D)?|D[eE][+-]?D".replace("D", "[0-9](?:_?[0-9])*"));
  private static final Pattern BEFORE_SIGN = Pattern.compile("[0-9_.]+[eE]");

  private static final class NotLiteral extends Exception {
    private static final long serialVersionUID = 1L;

    NotLiteral() {
      super("", null, false, false);
    }
  }

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /// The value of a literal, else the text itself. Tuples and sets become lists, bytes the
  /// `__ansible_unsafe` of Ansible's JSON.
  static @Nullable Object value(String text) {
    var literal = new PythonLiteral(text);
    try {
      while (literal.at < text.length() && " \t".indexOf(text.charAt(literal.at)) >= 0) {
        literal.at++;
      }
      var value = literal.topLevel();
      literal.skip();
      if (literal.at < text.length()) {
        return text;
      }
      return value;
    } catch (NotLiteral e) {
      return text;
    }
  }

  private @Nullable Object topLevel() throws NotLiteral {
    var first = item();
    skip();
    if (!peek(',')) {
      return first;
    }
    var items = new ArrayList<@Nullable Object>();
    items.add(first);
    while (accept(',')) {
      skip();
      if (at == text.length()) {
        break;
      }
      items.add(item());
      skip();
    }
    return items;
  }

  private @Nullable Object item() throws NotLiteral {
    skip();
    if (at >= text.length()) {
      throw new NotLiteral();
    }
    char c = text.charAt(at);
    return switch (c) {
      case '[' -> nested(']', this::items);
      case '(' -> nested(')', this::tuple);
      case '{' -> nested('}', this::braces);
      case '+', '-' -> {
        at++;
        skip();
        yield signed(c == '-', number());
      }
      case '\'', '"' -> strings();
      default -> Character.isDigit(c) || c == '.' ? numberOrDots() : word();
    };
  }

  private interface Body {
    @Nullable Object read() throws NotLiteral;
  }

  private @Nullable Object nested(char close, Body body) throws NotLiteral {
    at++;
    if (++depth > MAXIMUM_DEPTH) {
      throw new NotLiteral();
    }
    var value = body.read();
    skip();
    if (!accept(close)) {
      throw new NotLiteral();
    }
    depth--;
    return value;
  }

  private List<@Nullable Object> items() throws NotLiteral {
    var items = new ArrayList<@Nullable Object>();
    skip();
    while (!peek(']') && !peek(')')) {
      items.add(item());
      skip();
      if (!accept(',')) {
        break;
      }
      skip();
    }
    return items;
  }

  private @Nullable Object tuple() throws NotLiteral {
    int start = at;
    var items = items();
    boolean comma = text.substring(start, at).stripTrailing().endsWith(",");
    return items.size() == 1 && !comma ? items.getFirst() : items;
  }

  private Object braces() throws NotLiteral {
    skip();
    if (peek('}')) {
      return new LinkedHashMap<>();
    }
    var first = item();
    skip();
    if (!peek(':')) {
      return set(first);
    }
    Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
    var key = first;
    while (true) {
      if (key instanceof List || key instanceof Map || !accept(':')) {
        throw new NotLiteral();
      }
      entries.put(key, item());
      skip();
      if (!accept(',')) {
        return entries;
      }
      skip();
      if (peek('}')) {
        return entries;
      }
      key = item();
      skip();
    }
  }

  private List<@Nullable Object> set(@Nullable Object first) throws NotLiteral {
    var items = new LinkedHashSet<@Nullable Object>();
    items.add(first);
    while (accept(',')) {
      skip();
      if (peek('}')) {
        break;
      }
      items.add(item());
      skip();
    }
    return new ArrayList<>(items);
  }

  private @Nullable Object word() throws NotLiteral {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    var word = text.substring(start, at);
    if (at < text.length() && "'\"".indexOf(text.charAt(at)) >= 0) {
      at = start;
      return strings();
    }
    return switch (word) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> null;
      default -> throw new NotLiteral();
    };
  }

  private Object strings() throws NotLiteral {
    var value = new StringBuilder();
    var reader = new PythonString(text, at);
    boolean bytes;
    do {
      var part = reader.read();
      if (part == null) {
        throw new NotLiteral();
      }
      value.append(part);
      bytes = reader.isBytes();
      at = reader.end();
      skip();
      reader = new PythonString(text, at);
    } while (reader.isNext());
    return bytes ? Map.of("__ansible_unsafe", value.toString()) : value.toString();
  }

  private Object numberOrDots() throws NotLiteral {
    if (text.startsWith("...", at)) {
      at += 3;
      return "...";
    }
    return number();
  }

  private Object number() throws NotLiteral {
    int start = at;
    while (at < text.length() && isInNumber(start)) {
      at++;
    }
    var word = text.substring(start, at);
    var digits = word.replace("_", "");
    if (INTEGER.matcher(word).matches()) {
      int radix =
          switch (digits.length() > 1 ? Character.toLowerCase(digits.charAt(1)) : ' ') {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 10;
          };
      var number = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
    if (DECIMAL.matcher(word).matches()) {
      return Double.parseDouble(digits);
    }
    throw new NotLiteral();
  }

  private boolean isInNumber(int start) {
    char c = text.charAt(at);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || c == '.'
        || ((c == '+' || c == '-') && BEFORE_SIGN.matcher(text.substring(start, at)).matches());
  }

  private static Object signed(boolean negative, Object number) {
    if (!negative) {
      return number;
    }
    return switch (number) {
      case Long value -> -value;
      case BigInteger value -> value.negate();
      case Double value -> -value;
      default -> number;
    };
  }

  private boolean peek(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean accept(char c) {
    if (peek(c)) {
      at++;
      return true;
    }
    return false;
  }

  /// Python's white space and comments. The text is one line.
  private void skip() {
    while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (peek('#') && depth == 0) {
      at = text.length();
    }
  }
}
