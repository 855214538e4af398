package dev.ansiblevenv.analysis.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Renders values as YAML that any reader of YAML 1.1, YAML 1.2 or (in flow style) JSON reads back
/// unchanged. Strings that could be taken for something else are double-quoted.
///
/// Values are what [YamlValue] returns: null, Boolean, Number, String, List, Map.
public final class YamlFormat {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+-]*");
  private static final Set<String> RESERVED =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private final String lineBreak;

  /// @param lineBreak what ends the lines of the file
  YamlFormat(String lineBreak) {
    this.lineBreak = lineBreak;
  }

  /// A whole new document: a mapping in block style.
  public static String document(Map<String, ?> entries) {
    return new YamlFormat("\n").entries(entries, 0, 2) + "\n";
  }

  /// @param column of the keys, in spaces
  /// @param sequenceIndent how much deeper than its key a sequence stands
  String entries(Map<?, ?> entries, int column, int sequenceIndent) {
    return entries.entrySet().stream()
        .map(entry ->
            entry(String.valueOf(entry.getKey()), entry.getValue(), column, sequenceIndent))
        .collect(Collectors.joining(lineBreak + " ".repeat(column)));
  }

  String entry(String key, @Nullable Object value, int column, int sequenceIndent) {
    return scalar(key)
        + ":"
        + switch (value) {
          case List<?> list when !list.isEmpty() ->
              lineBreak
                  + " ".repeat(column + sequenceIndent)
                  + items(list, column + sequenceIndent);
          case Map<?, ?> map when !map.isEmpty() ->
              lineBreak + " ".repeat(column + 2) + entries(map, column + 2, sequenceIndent);
          case null, default -> " " + flow(value);
        };
  }

  String items(List<?> items, int column) {
    return items.stream()
        .map(item -> item(item, column))
        .collect(Collectors.joining(lineBreak + " ".repeat(column)));
  }

  String item(@Nullable Object item, int column) {
    return "- "
        + (item instanceof Map<?, ?> map && !map.isEmpty()
            ? entries(map, column + 2, 2)
            : flow(item));
  }

  static String flow(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Boolean truth -> truth.toString();
      case Number number -> number.toString();
      case List<?> list ->
          list.stream().map(YamlFormat::flowScalar).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> flowScalar(entry.getKey()) + ": " + flowScalar(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> scalar(String.valueOf(value));
    };
  }

  /// Inside flow collections strings are always quoted: that is also JSON.
  private static String flowScalar(@Nullable Object value) {
    return value instanceof String text ? quoted(text) : flow(value);
  }

  static String scalar(String text) {
    return PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : quoted(text);
  }

  static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c >= 0xfff0) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
