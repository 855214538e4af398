package dev.ansiblevenv.core.wheel;

import dev.ansiblevenv.core.galaxy.ReleaseSpecifier;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An [environment
/// marker](https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers),
/// evaluated while it is read. There is no negation, so a comparison with something that nobody
/// knows of a host, such as its kernel's release, counts as true: the marker then says whether it
/// may hold.
final class Marker {

  private static final int DEEPEST = 100;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<text>\"[^\"]*\"|'[^']*')|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
              + "|(?<operator>===|==|~=|!=|<=|>=|<|>)|(?<bracket>[()]))");

  private static final Set<String> UNKNOWN = Set.of("platform_release", "platform_version");

  private static final Set<String> VERSIONS =
      Set.of("python_version", "python_full_version", "implementation_version");

  private final String text;
  private final Map<String, String> environment;
  private final Matcher tokens;
  private @Nullable String current;
  private int depth;

  private Marker(String text, Map<String, String> environment) {
    this.text = text;
    this.environment = environment;
    this.tokens = TOKEN.matcher(text);
  }

  /// Whether it may hold on the platform; the empty marker always does.
  ///
  /// @throws StateConflict when the text is no marker
  static boolean mayHold(String text, PythonPlatform platform) {
    return text.isBlank()
        || platform.fullVersions().stream()
            .anyMatch(version -> new Marker(text, environment(platform, version)).whole());
  }

  private static Map<String, String> environment(PythonPlatform platform, String version) {
    var environment = new HashMap<String, String>();
    environment.put("python_version", "3." + platform.pythonMinor());
    environment.put("python_full_version", version);
    environment.put("implementation_version", version);
    environment.put("implementation_name", "cpython");
    environment.put("platform_python_implementation", "CPython");
    environment.put("os_name", "posix");
    environment.put("sys_platform", "linux");
    environment.put("platform_system", "Linux");
    environment.put("platform_machine", platform.machine());
    List.of("extra", "extras", "dependency_groups").forEach(name -> environment.put(name, ""));
    return environment;
  }

  private boolean whole() {
    next();
    var holds = either();
    if (current != null) {
      throw malformed();
    }
    return holds;
  }

  /// Moves to the next token; null at the end.
  private void next() {
    if (text.substring(tokens.regionStart()).isBlank()) {
      tokens.region(text.length(), text.length());
      current = null;
      return;
    }
    if (!tokens.lookingAt()) {
      throw malformed();
    }
    current = tokens.group().strip();
    tokens.region(tokens.end(), text.length());
  }

  private boolean either() {
    var holds = both();
    while ("or".equals(current)) {
      next();
      holds |= both();
    }
    return holds;
  }

  private boolean both() {
    var holds = one();
    while ("and".equals(current)) {
      next();
      holds &= one();
    }
    return holds;
  }

  private boolean one() {
    if (!"(".equals(current)) {
      return comparison();
    }
    if (++depth > DEEPEST) {
      throw malformed();
    }
    next();
    var holds = either();
    if (!")".equals(current)) {
      throw malformed();
    }
    depth--;
    next();
    return holds;
  }

  private boolean comparison() {
    var left = operand();
    var operator = taken();
    if (operator.equals("not")) {
      operator = "not " + taken();
    }
    var right = operand();
    if (UNKNOWN.contains(left) || UNKNOWN.contains(right)) {
      return true;
    }
    var versions = VERSIONS.contains(left) || VERSIONS.contains(right);
    return holds(value(left), operator, value(right), versions);
  }

  private String operand() {
    var operand = taken();
    if (!operand.startsWith("\"")
        && !operand.startsWith("'")
        && !environment.containsKey(operand)
        && !UNKNOWN.contains(operand)) {
      throw malformed();
    }
    return operand;
  }

  private String taken() {
    var token = current;
    if (token == null) {
      throw malformed();
    }
    next();
    return token;
  }

  private String value(String operand) {
    return environment.getOrDefault(operand, operand.substring(1, operand.length() - 1));
  }

  private boolean holds(String left, String operator, String right, boolean versions) {
    if (versions && left.matches("[0-9.]+") && !operator.endsWith("in")) {
      var specifier = ReleaseSpecifier.parse(operator + right);
      if (specifier.isPresent() && !right.isBlank()) {
        return specifier.get().accepts(left);
      }
    }
    var order = left.compareTo(right);
    return switch (operator) {
      case "in" -> right.contains(left);
      case "not in" -> !right.contains(left);
      case "==", "===" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw malformed();
    };
  }

  private StateConflict malformed() {
    return new StateConflict(
        "is not a valid lock file",
        "pylock.toml",
        "it has the marker `" + text.replaceAll("\\p{Cntrl}", "?") + "`",
        "lock again");
  }
}
