package dev.ansiblevenv.analysis.jinja;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What marks a template's parts. A task may change them, and a template file in a first line that
/// begins with `#jinja2:`, see [the template
/// module](https://docs.ansible.com/ansible/latest/collections/ansible/builtin/template_module.html).
public record Delimiters(
    String outputStart,
    String outputEnd,
    String statementStart,
    String statementEnd,
    String commentStart,
    String commentEnd) {

  private static final String HEADER = "#jinja2:";
  public static final Delimiters USUAL = new Delimiters("{{", "}}", "{%", "%}", "{#", "#}");

  /// The names of the options that change them, as tasks and headers have them.
  public static final List<String> OPTIONS =
      List.of(
          "variable_start_string",
          "variable_end_string",
          "block_start_string",
          "block_end_string",
          "comment_start_string",
          "comment_end_string");

  /// @param around what counts where the template's header says nothing
  static Delimiters of(String template, Delimiters around) {
    if (!template.startsWith(HEADER)) {
      return around;
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
    return around.with(set);
  }

  /// With other values for some of [#OPTIONS].
  public Delimiters with(Map<String, String> set) {
    return set.isEmpty()
        ? this
        : new Delimiters(
            chosen(set, "variable_start_string", outputStart),
            chosen(set, "variable_end_string", outputEnd),
            chosen(set, "block_start_string", statementStart),
            chosen(set, "block_end_string", statementEnd),
            chosen(set, "comment_start_string", commentStart),
            chosen(set, "comment_end_string", commentEnd));
  }

  // Written out where every start comes by: those of records are linked anew by each process.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Delimiters that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<String> parts() {
    return List.of(outputStart, outputEnd, statementStart, statementEnd, commentStart, commentEnd);
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
