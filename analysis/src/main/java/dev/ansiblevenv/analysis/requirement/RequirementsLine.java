package dev.ansiblevenv.analysis.requirement;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A line of a [pip requirements
/// file](https://pip.pypa.io/en/stable/reference/requirements-file-format/).
public sealed interface RequirementsLine {

  /// 1-based; of a continued line the first
  int line();

  /// A package.
  record Wanted(PackageRequirement requirement, int line) implements RequirementsLine {}

  /// `-r FILE`
  record Included(String file, int line) implements RequirementsLine {}

  /// `-c FILE`
  record Constraints(String file, int line) implements RequirementsLine {}

  /// What only pip understands: an editable or local package, an index, a hash mode.
  record PipOnly(String text, int line) implements RequirementsLine {}

  /// Where a comment begins.
  Pattern COMMENT = Pattern.compile("(^|\\s)#");

  /// @param file named in errors
  /// @throws InvalidInput when a line is neither an option nor a requirement
  static List<RequirementsLine> parse(String file, String text) {
    var lines = new ArrayList<RequirementsLine>();
    var number = 0;
    var start = 0;
    var joined = new StringBuilder();
    for (var line : text.split("\r\n|\n|\r", -1)) {
      number++;
      start = joined.isEmpty() ? number : start;
      var comment = COMMENT.matcher(line);
      var content = comment.find() ? line.substring(0, comment.start()) : line;
      if (content.endsWith("\\")) {
        joined.append(content, 0, content.length() - 1).append(' ');
        continue;
      }
      var whole = joined.append(content).toString().strip();
      joined.setLength(0);
      if (!whole.isEmpty()) {
        lines.add(ofText(file, whole, start));
      }
    }
    if (!joined.toString().isBlank()) {
      lines.add(ofText(file, joined.toString().strip(), start));
    }
    return lines;
  }

  private static RequirementsLine ofText(String file, String text, int line) {
    if (text.startsWith("-")) {
      var words = text.split("[\\s=]+", 2);
      var value = words.length > 1 ? words[1].strip() : text.substring(Math.min(2, text.length()));
      return switch (words[0]) {
        case "-r", "--requirement" -> new Included(value, line);
        case "-c", "--constraint" -> new Constraints(value, line);
        default -> new PipOnly(text, line);
      };
    }
    if (text.startsWith(".") || text.startsWith("/") || text.matches("[a-z+]+://.*")) {
      return new PipOnly(text, line);
    }
    var options = text.indexOf(" --");
    var requirement = options < 0 ? text : text.substring(0, options);
    return new Wanted(PackageRequirement.parse(requirement, new Location(file, line, 0)), line);
  }
}
