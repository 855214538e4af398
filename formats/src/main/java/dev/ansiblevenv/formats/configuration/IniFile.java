package dev.ansiblevenv.formats.configuration;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An INI file as Python's [configparser](https://docs.python.org/3/library/configparser.html)
/// reads it with Ansible's options: `;` begins a comment within a line, no interpolation, no
/// section or key twice.
final class IniFile {

  private static final String DEFAULT_SECTION = "DEFAULT";

  private final String name;
  private final Map<String, Map<String, Setting>> sections = new HashMap<>();
  private final Map<String, Map<String, Lines>> reading = new HashMap<>();
  private @Nullable Map<String, Lines> section;
  private @Nullable Lines value;
  private int indent;

  private record Lines(int line, List<String> text) {}

  private IniFile(String name) {
    this.name = name;
  }

  static IniFile empty() {
    return new IniFile("");
  }

  /// @param name of the file, for errors
  /// @throws InvalidInput where Python would refuse it
  static IniFile parse(String name, String text) {
    var file = new IniFile(name);
    var number = 0;
    for (var line : text.split("\n", -1)) {
      number++;
      file.read(line, number);
    }
    file.finish();
    return file;
  }

  /// The section's own setting, else that of the section `DEFAULT`, where the section exists.
  @Nullable Setting get(String section, String key) {
    var settings = sections.get(section);
    if (settings == null) {
      return null;
    }
    var own = settings.get(key);
    var defaults = sections.get(DEFAULT_SECTION);
    return own == null && defaults != null ? defaults.get(key) : own;
  }

  private void read(String line, int number) {
    var comment = commentStart(line);
    var content = strip(comment < 0 ? line : line.substring(0, comment));
    if (content.isEmpty()) {
      if (comment < 0 && value != null) {
        value.text().add("");
      }
      return;
    }
    var column = firstNonSpace(line);
    if (value != null && column > indent) {
      value.text().add(content);
      return;
    }
    indent = column;
    var end = content.startsWith("[") ? content.lastIndexOf(']') : -1;
    if (end > 1) {
      open(content.substring(1, end), number);
    } else if (section == null) {
      throw invalid(number, "a setting before the first [section]");
    } else {
      option(section, content, number);
    }
  }

  private void open(String header, int number) {
    if (reading.containsKey(header) && !header.equals(DEFAULT_SECTION)) {
      throw invalid(number, "the section [" + header + "] is there twice");
    }
    section = reading.computeIfAbsent(header, _ -> new HashMap<>());
    value = null;
  }

  private void option(Map<String, Lines> into, String content, int number) {
    var at = delimiter(content);
    var key = at < 0 ? "" : strip(content.substring(0, at)).toLowerCase(Locale.ROOT);
    if (key.isEmpty()) {
      throw invalid(number, "neither a `[section]` nor `key = value`");
    }
    var lines = new Lines(number, new ArrayList<>(List.of(strip(content.substring(at + 1)))));
    if (into.putIfAbsent(key, lines) != null) {
      throw invalid(number, "the key `" + key + "` is in its section twice");
    }
    value = lines;
  }

  private void finish() {
    for (var read : reading.entrySet()) {
      sections.put(
          read.getKey(),
          read.getValue().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      entry ->
                          new Setting(
                              stripEnd(String.join("\n", entry.getValue().text())),
                              entry.getValue().line()))));
    }
    reading.clear();
  }

  private InvalidInput invalid(int line, String why) {
    return new InvalidInput("invalid Ansible configuration", name + ":" + line, why, "");
  }

  /// -1 for none. A `#` or `;` before anything else, or a `;` after white space.
  private static int commentStart(String line) {
    var first = firstNonSpace(line);
    if (first < line.length() && (line.charAt(first) == '#' || line.charAt(first) == ';')) {
      return 0;
    }
    for (var at = line.indexOf(';'); at >= 0; at = line.indexOf(';', at + 1)) {
      if (at == 0 || isSpace(line.charAt(at - 1))) {
        return at;
      }
    }
    return -1;
  }

  private static int delimiter(String content) {
    for (var at = 0; at < content.length(); at++) {
      if (content.charAt(at) == '=' || content.charAt(at) == ':') {
        return at;
      }
    }
    return -1;
  }

  private static int firstNonSpace(String line) {
    var at = 0;
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  static String strip(String text) {
    return stripEnd(text.substring(firstNonSpace(text)));
  }

  private static String stripEnd(String text) {
    var end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /// `str.isspace` of Python.
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
