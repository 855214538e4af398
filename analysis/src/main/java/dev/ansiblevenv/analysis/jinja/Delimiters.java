package dev.ansiblevenv.analysis.jinja;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What marks a template's parts. A template file may change them in a first line that begins with
/// `#jinja2:`, see [the template
/// module](https://docs.ansible.com/ansible/latest/collections/ansible/builtin/template_module.html).
record Delimiters(
    String outputStart,
    String outputEnd,
    String statementStart,
    String statementEnd,
    String commentStart,
    String commentEnd) {

  private static final String HEADER = "#jinja2:";
  static final Delimiters USUAL = new Delimiters("{{", "}}", "{%", "%}", "{#", "#}");

  static Delimiters of(String template) {
    if (!template.startsWith(HEADER)) {
      return USUAL;
    }
    var end = template.indexOf('\n');
    var line = template.substring(HEADER.length(), end < 0 ? template.length() : end);
    Map<String, String> set =
        Stream.of(line.split(",", -1))
            .map(pair -> pair.split(":", 2))
            .filter(pair -> pair.length == 2)
            .collect(
                Collectors.toMap(
                    pair -> pair[0].strip(), pair -> unquoted(pair[1].strip()), (a, b) -> b));
    return new Delimiters(
        chosen(set, "variable_start_string", USUAL.outputStart),
        chosen(set, "variable_end_string", USUAL.outputEnd),
        chosen(set, "block_start_string", USUAL.statementStart),
        chosen(set, "block_end_string", USUAL.statementEnd),
        chosen(set, "comment_start_string", USUAL.commentStart),
        chosen(set, "comment_end_string", USUAL.commentEnd));
  }

  private static String chosen(Map<String, String> set, String key, String otherwise) {
    var value = set.getOrDefault(key, otherwise);
    return value.isEmpty() ? otherwise : value;
  }

  private static String unquoted(String literal) {
    var quoted =
        literal.length() >= 2
            && (literal.startsWith("'") || literal.startsWith("\""))
            && literal.charAt(0) == literal.charAt(literal.length() - 1);
    return quoted ? literal.substring(1, literal.length() - 1) : literal;
  }
}
