package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The user's requirements on Python packages, as lines that mean to uv what they mean to [PEP
/// 508](https://peps.python.org/pep-0508/): nothing in them can become an option, a file of this
/// machine or the value of a variable.
record PythonRequirements(List<PythonRequirement> all) {

  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?).*");

  private static final Pattern FORBIDDEN =
      Pattern.compile("\\p{Cntrl}|\\\\$|\\s--|\\$\\{|@\\s*(?:file:|\\.{0,2}/|~)");

  PythonRequirements {
    all = List.copyOf(all);
    all.forEach(PythonRequirements::check);
  }

  List<String> lines() {
    return all.stream().map(requirement -> requirement.line().strip()).distinct().toList();
  }

  /// Which of the requirements a text speaks of, each with where it comes from.
  String origins(String text) {
    var normal = text.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    return all.stream()
        .filter(requirement -> normal.contains(name(requirement)))
        .map(r -> Redacted.text(r.line().strip()) + " (" + r.because() + ")")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String name(PythonRequirement requirement) {
    var match = NAME.matcher(requirement.line().strip());
    // PEP 503
    return match.matches() ? match.group(1).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-") : "";
  }

  private static void check(PythonRequirement requirement) {
    var line = requirement.line().strip();
    if (!NAME.matcher(line).matches() || FORBIDDEN.matcher(line).find()) {
      throw new InvalidInput(
          "is not a Python requirement that can be locked: `" + Redacted.text(line) + "`",
          requirement.because(),
          "it must be one name with versions, extras, markers or an https or git URL",
          "");
    }
  }
}
