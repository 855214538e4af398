package dev.ansiblevenv.analysis.yaml;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// The values of scalars, as PyYAML's
/// [SafeConstructor](https://github.com/yaml/pyyaml/blob/main/lib/yaml/constructor.py) makes them.
/// What it cannot make is an [IllegalArgumentException] here.
final class Scalars {

  /// Python refuses to read or print decimal integers with more digits.
  private static final int MAXIMUM_DIGITS = 4300;

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final Pattern PYTHON_FLOAT =
      Pattern.compile("[-+]?(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:e[-+]?[0-9]++)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})"
              + "(?:(?:[Tt]|[ \t]+)"
              + "(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
              + "(?:\\.(?<fraction>[0-9]*))?"
              + "(?:[ \t]*(?<zone>Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?\n?");

  private Scalars() {}

  static Value bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "on" -> new Value.Bool(true);
      case "no", "false", "off" -> new Value.Bool(false);
      default -> throw new IllegalArgumentException("it is not a boolean");
    };
  }

  static Value integer(String text) {
    var digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    if (digits.length() > MAXIMUM_DIGITS) {
      throw new IllegalArgumentException("an integer has at most " + MAXIMUM_DIGITS + " digits");
    }
    BigInteger value;
    if (digits.startsWith("0b")) {
      value = pythonInt(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      value = pythonInt(digits.substring(2), 16);
    } else if (digits.startsWith("0") && !digits.equals("0")) {
      value = pythonInt(digits, 8);
    } else if (digits.indexOf(':') >= 0) {
      value = BigInteger.ZERO;
      for (var part : digits.split(":", -1)) {
        value = value.multiply(BigInteger.valueOf(60)).add(pythonInt(part, 10));
      }
    } else {
      value = pythonInt(digits, 10);
    }
    return new Value.Int(negative ? value.negate() : value);
  }

  /// Python's `int(text, radix)`.
  private static BigInteger pythonInt(String text, int radix) {
    var digits = text.strip();
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    var prefix = radix == 2 ? "0b" : radix == 8 ? "0o" : radix == 16 ? "0x" : "";
    if (!prefix.isEmpty() && digits.toLowerCase(Locale.ROOT).startsWith(prefix)) {
      digits = digits.substring(2);
    }
    if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
      throw new IllegalArgumentException("it is not an integer");
    }
    var value = new BigInteger(digits, radix);
    return negative ? value.negate() : value;
  }

  static Value real(String text) {
    var digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    double value;
    if (digits.equals(".inf")) {
      value = Double.POSITIVE_INFINITY;
    } else if (digits.equals(".nan")) {
      return new Value.Real(Double.NaN);
    } else if (digits.indexOf(':') >= 0) {
      value = sexagesimal(digits);
    } else {
      value = pythonFloat(digits);
    }
    return new Value.Real(negative ? -value : value);
  }

  /// In the order in which PyYAML adds up, as the last bit depends on it.
  private static double sexagesimal(String digits) {
    var parts = digits.split(":", -1);
    double value = 0;
    var base = BigInteger.ONE;
    for (int i = parts.length - 1; i >= 0; i--) {
      double scale = base.doubleValue();
      if (Double.isInfinite(scale)) {
        throw new IllegalArgumentException("it has too many places");
      }
      value += pythonFloat(parts[i]) * scale;
      base = base.multiply(BigInteger.valueOf(60));
    }
    return value;
  }

  /// Python's `float(text)` of a lower-case text.
  private static double pythonFloat(String text) {
    var digits = text.strip();
    if (PYTHON_FLOAT.matcher(digits).matches()) {
      return Double.parseDouble(digits);
    }
    return switch (digits) {
      case "inf", "infinity", "+inf", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "+nan", "-nan" -> Double.NaN;
      default -> throw new IllegalArgumentException("it is not a number");
    };
  }

  static Value timestamp(String text) {
    var match = TIMESTAMP.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("it is not a date");
    }
    try {
      var date =
          LocalDate.of(
              Integer.parseInt(match.group("year")),
              Integer.parseInt(match.group("month")),
              Integer.parseInt(match.group("day")));
      if (date.getYear() == 0) {
        throw new IllegalArgumentException("there is no year 0");
      }
      if (match.group("hour") == null) {
        return new Value.Date(date);
      }
      var fraction = match.group("fraction") == null ? "" : match.group("fraction");
      var time =
          date.atTime(
              Integer.parseInt(match.group("hour")),
              Integer.parseInt(match.group("minute")),
              Integer.parseInt(match.group("second")),
              1000 * Integer.parseInt((fraction + "000000").substring(0, 6)));
      var zone = match.group("zone");
      return new Value.Time(time, zone == null ? null : minutes(zone));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static int minutes(String zone) {
    if (zone.equals("Z")) {
      return 0;
    }
    int colon = zone.indexOf(':');
    int hours = Integer.parseInt(zone.substring(1, colon < 0 ? zone.length() : colon));
    int minutes = 60 * hours + (colon < 0 ? 0 : Integer.parseInt(zone.substring(colon + 1)));
    if (minutes >= 24 * 60) {
      throw new IllegalArgumentException("its zone is a day or more away");
    }
    return zone.startsWith("-") ? -minutes : minutes;
  }

  /// Python's `base64.decodebytes`, which skips what is not in its alphabet.
  static Value binary(String text) {
    var bytes = new ByteArrayOutputStream();
    int bits = 0;
    int place = 0;
    int padding = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 127) {
        throw new IllegalArgumentException("base64 is ASCII");
      }
      if (c == '=') {
        if (place >= 2 && place + ++padding >= 4) {
          return new Value.Binary(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
        continue;
      }
      int digit = BASE64.indexOf(c);
      if (digit < 0) {
        continue;
      }
      padding = 0;
      bits = (bits << 6 | digit) & 0xFFFF;
      place = (place + 1) % 4;
      if (place != 1) {
        bytes.write(bits >> (place == 2 ? 4 : place == 3 ? 2 : 0));
      }
    }
    if (place != 0) {
      throw new IllegalArgumentException("its base64 is cut off");
    }
    return new Value.Binary(Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }
}
