package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Arguments written as `file.yml key=value key="a value"`, see ansible-core's
/// `parsing/splitter.py`: blanks inside quotes and inside `{{ }}` do not split.
///
/// @param free what is no `key=value`, joined with blanks
record KeyValues(String free, Map<String, String> values) {

  private static final Pattern PAIR = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)=(.*)");

  static KeyValues parse(String text) {
    var values = new LinkedHashMap<String, String>();
    var free = new ArrayList<String>();
    for (var word : words(text)) {
      var pair = PAIR.matcher(word);
      if (pair.matches()) {
        values.put(pair.group(1), unquoted(pair.group(2)));
      } else {
        free.add(unquoted(word));
      }
    }
    return new KeyValues(String.join(" ", free), values);
  }

  static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quote = '\0';
    var depth = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quote == '\0' && depth == 0 && Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
        continue;
      }
      word.append(c);
      if (depth == 0 && (c == '"' || c == '\'')) {
        quote = quote == '\0' ? c : quote == c ? '\0' : quote;
      } else if (text.startsWith("{{", i) || text.startsWith("{%", i)) {
        depth++;
        word.append(text.charAt(++i));
      } else if (text.startsWith("}}", i) || text.startsWith("%}", i)) {
        depth = Math.max(0, depth - 1);
        word.append(text.charAt(++i));
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static String unquoted(String text) {
    var quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
