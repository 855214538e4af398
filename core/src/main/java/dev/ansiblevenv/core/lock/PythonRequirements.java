package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.Boundary;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The user's requirements on Python packages, as lines that mean to uv what they mean to [PEP
/// 508](https://peps.python.org/pep-0508/): nothing in them can become an option, a file of this
/// machine or the value of a variable.
///
/// @param needed what is to be in the lock
/// @param bounds what bounds whatever is in it
/// @param isTrusted whether the project that they are from may name more than https addresses
record PythonRequirements(
    List<PythonRequirement> needed, List<PythonBound> bounds, boolean isTrusted) {

  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\\s*(?:\\[[^]]*])?\\s*(?:[<>=!~;(@].*)?");

  private static final Pattern QUOTED = Pattern.compile("`([A-Za-z0-9._-]+)");

  private static final Pattern FORBIDDEN = Pattern.compile("\\p{Cntrl}|\\\\$|\\s--|\\$\\{");

  /// What stands behind a name and its extras instead of versions.
  private static final Pattern AT =
      Pattern.compile("[A-Za-z0-9._-]+\\s*(?:\\[[^]]*])?\\s*@\\s*(.*)");

  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(?:https?|git\\+(?:https?|ssh))://[^-/\\s].*");

  private static final Pattern ENCRYPTED = Pattern.compile("(?i)https://[^-/\\s].*");

  PythonRequirements {
    needed = List.copyOf(needed);
    bounds = List.copyOf(bounds);
    for (var each : needed) {
      check(each.line(), each.because(), isTrusted);
    }
    for (var each : bounds) {
      check(each.line(), each.because(), isTrusted);
    }
  }

  List<String> lines() {
    return needed.stream().map(each -> each.line().strip()).distinct().toList();
  }

  List<String> constraints() {
    return bounds.stream().map(each -> each.line().strip()).distinct().toList();
  }

  /// Each with where it comes from; a bound that is joined to a need comes first.
  List<PythonRequirement> all() {
    return Stream.concat(
            bounds.stream().map(each -> new PythonRequirement(each.line(), each.because())),
            needed.stream())
        .toList();
  }

  /// Where the package comes from that a text names first, as in `Failed to build `x==1``; empty
  /// for none of the user's.
  String origin(String text) {
    var named = QUOTED.matcher(text);
    return named.find()
        ? all().stream()
            .filter(each -> each.line().strip().startsWith(named.group(1)))
            .map(PythonRequirement::because)
            .findFirst()
            .orElse("")
        : "";
  }

  private static void check(String written, String because, boolean isTrusted) {
    var line = written.strip();
    var place = AT.matcher(line);
    if (place.matches() && !isTrusted && !ENCRYPTED.matcher(place.group(1)).matches()) {
      throw Boundary.outside(Redacted.text(line), because);
    }
    if ((place.matches() && !ADDRESS.matcher(place.group(1)).matches())
        || !NAME.matcher(line).matches()
        || FORBIDDEN.matcher(line).find()) {
      throw new InvalidInput(
          "is not a Python requirement that can be locked: `" + Redacted.text(line) + "`",
          because,
          "it must be one name with versions, extras, markers or an https or git URL",
          "");
    }
  }
}
