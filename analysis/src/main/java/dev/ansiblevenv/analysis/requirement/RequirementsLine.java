package dev.ansiblevenv.analysis.requirement;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A line of a [pip requirements
/// file](https://pip.pypa.io/en/stable/reference/requirements-file-format/), read as
/// `pip/_internal/req/req_file.py` reads it.
public sealed interface RequirementsLine {

  Pattern HASH = Pattern.compile("\\s--hash[=\\s]\\s*([A-Za-z0-9]+:[0-9A-Fa-f]+)");

  /// 1-based; of a continued line the first
  int line();

  /// The same in another line.
  default RequirementsLine at(int number) {
    return switch (this) {
      case Wanted(var requirement, var hashes, _) -> new Wanted(requirement, hashes, number);
      case Included(var file, _) -> new Included(file, number);
      case PipOnly(var name, var text, _) -> new PipOnly(name, text, number);
      case Option(var text, _) -> new Option(text, number);
      case Unreadable(var text, _) -> new Unreadable(text, number);
    };
  }

  /// A package.
  ///
  /// @param hashes of the files that may be installed, such as `sha256:…`; empty for any
  record Wanted(PackageRequirement requirement, List<String> hashes, int line)
      implements RequirementsLine {

    public Wanted {
      hashes = List.copyOf(hashes);
    }
  }

  /// `-r FILE` or `-c FILE`.
  record Included(String file, int line) implements RequirementsLine {}

  /// A package that only pip can find: editable, local, from a repository or an archive, or with an
  /// environment variable in it.
  ///
  /// @param name normalised, as far as the text shows it; else empty
  record PipOnly(String name, String text, int line) implements RequirementsLine {}

  /// An option for pip itself, such as an index; no package depends on it here.
  record Option(String text, int line) implements RequirementsLine {}

  /// What pip would refuse.
  record Unreadable(String text, int line) implements RequirementsLine {}

  /// Reads every text: a line that is none is [Unreadable].
  static List<RequirementsLine> parse(String text) {
    return LogicalLine.of(text).stream().map(line -> of(line.text(), line.line())).toList();
  }

  private static RequirementsLine of(String text, int line) {
    if (text.startsWith("-")) {
      return option(text, line);
    }
    var requirement = withoutOptions(text);
    if (PipReference.hasVariable(requirement) || PipReference.isPlace(requirement)) {
      return new PipOnly(PipReference.name(requirement), text, line);
    }
    try {
      return new Wanted(
          PackageRequirement.parse(requirement, new Location("", line, 0)), hashes(text), line);
    } catch (InvalidInput e) {
      return new Unreadable(text, line);
    }
  }

  private static RequirementsLine option(String text, int line) {
    var end = text.startsWith("--") ? firstOf(text, '=', ' ') : Math.min(2, text.length());
    var name = text.substring(0, end);
    var value = PipReference.unquoted(text.substring(end).replaceFirst("^[=\\s]+", ""));
    return switch (name) {
      case "-r", "--requirement", "-c", "--constraint" -> new Included(value, line);
      case "-e", "--editable" -> new PipOnly(PipReference.name(value), text, line);
      default -> new Option(text, line);
    };
  }

  private static int firstOf(String text, char a, char b) {
    var i = text.indexOf(a) < 0 ? text.length() : text.indexOf(a);
    var j = text.indexOf(b) < 0 ? text.length() : text.indexOf(b);
    return Math.min(i, j);
  }

  private static List<String> hashes(String text) {
    return HASH.matcher(text)
        .results()
        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
        .toList();
  }

  /// Options of a requirement, such as `--hash`, begin with the first word that starts with `-`.
  private static String withoutOptions(String text) {
    var options = text.indexOf(" -");
    return options < 0 ? text : text.substring(0, options).strip();
  }
}
