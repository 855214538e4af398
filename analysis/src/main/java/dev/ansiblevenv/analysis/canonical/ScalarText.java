package dev.ansiblevenv.analysis.canonical;

import dev.ansiblevenv.analysis.yaml.Value;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Scalars on one line, each with its type, no two different ones alike.
final class ScalarText {

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*+");

  private ScalarText() {}

  /// @return null for a collection
  static @Nullable String of(Value value) {
    if (value instanceof Value.Bool(var bool)) {
      return Boolean.toString(bool);
    }
    if (value instanceof Value.Int(var number)) {
      return number.toString();
    }
    return value instanceof Value.Null ? "null" : ofRareKind(value);
  }

  private static @Nullable String ofRareKind(Value value) {
    return switch (value) {
      case Value.Null() -> "null";
      case Value.Bool(var bool) -> Boolean.toString(bool);
      case Value.Int(var number) -> number.toString();
      case Value.Real(var number) -> real(number);
      case Value.Text(var text, var template) -> (template ? "" : "!unsafe ") + quoted(text);
      case Value.Vault(var ciphertext) -> "!vault " + quoted(ciphertext);
      case Value.Binary(var base64) -> "!binary " + quoted(base64);
      case Value.Date(var date) -> "!date " + date;
      case Value.Time time -> "!time " + time(time);
      case Value.Sequence _, Value.Mapping _, Value.Distinct _, Value.Pair _ -> null;
    };
  }

  /// Bare where it reads as a word. Whether a key is a template shows only where it looks like one:
  /// Ansible marks the keys of a JSON file otherwise than those of the same file in YAML.
  static String key(Value key) {
    if (key instanceof Value.Text(var text, var template)) {
      if (WORD.matcher(text).matches() && !isReserved(text)) {
        return text;
      }
      return template || !looksLikeTemplate(text) ? quoted(text) : "!unsafe " + quoted(text);
    }
    var text = of(key);
    if (text == null) {
      throw new IllegalArgumentException("not hashable: " + key);
    }
    return text;
  }

  private static boolean isReserved(String word) {
    return switch (word) {
      case "null", "true", "false" -> true;
      default -> false;
    };
  }

  private static boolean looksLikeTemplate(String text) {
    return text.contains("{{") || text.contains("{%") || text.contains("{#");
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    return Double.toString(number);
  }

  private static String time(Value.Time time) {
    var local = time.value();
    var text =
        String.format(
            Locale.ROOT,
            "%sT%02d:%02d:%02d.%06d",
            local.toLocalDate(),
            local.getHour(),
            local.getMinute(),
            local.getSecond(),
            local.getNano() / 1000);
    var zone = time.zone();
    if (zone == null) {
      return text;
    }
    int minutes = Math.abs(zone);
    return text
        + String.format(
            Locale.ROOT, "%s%02d:%02d", zone < 0 ? "-" : "+", minutes / 60, minutes % 60);
  }

  static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2);
    quote(quoted, text, 0, text.length());
    return quoted.toString();
  }

  static void quote(StringBuilder target, String text, int from, int to) {
    target.append('"');
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> target.append("\\\"");
        case '\\' -> target.append("\\\\");
        case '\n' -> target.append("\\n");
        case '\t' -> target.append("\\t");
        case '\r' -> target.append("\\r");
        default -> {
          if (isVisible(text, i)) {
            target.append(c);
          } else {
            target.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          }
        }
      }
    }
    target.append('"');
  }

  /// Fixed ranges instead of Unicode categories, which grow with the JDK and would alter hashes.
  private static boolean isVisible(String text, int index) {
    char c = text.charAt(index);
    if (c < 0x7F) {
      return c >= ' ';
    }
    if (Character.isHighSurrogate(c)) {
      return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
    return c > 0xA0
        && c != 0xAD
        && !(c >= 0x200B && c <= 0x200F)
        && !(c >= 0x2028 && c <= 0x202E)
        && !(c >= 0x2060 && c <= 0x206F)
        && c < 0xFFFE
        && c != 0xFEFF;
  }
}
