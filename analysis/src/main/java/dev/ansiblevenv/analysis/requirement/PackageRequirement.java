package dev.ansiblevenv.analysis.requirement;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A dependency as [PEP 508](https://peps.python.org/pep-0508/) writes it.
///
/// @param name normalised as [PEP 503](https://peps.python.org/pep-0503/#normalized-names) says
/// @param extras with their brackets, such as `[security]`; empty for none
/// @param specifier PEP 440 specifier set without spaces, or ` @ URL`; empty for any version
/// @param marker empty for always
public record PackageRequirement(String name, String extras, String specifier, String marker) {

  private static final Pattern HEAD =
      Pattern.compile(
          "\\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(\\[[A-Za-z0-9._\\s,-]*\\])?\\s*");
  private static final Pattern CLAUSE =
      Pattern.compile("(?:~=|===|==|!=|<=|>=|<|>)[A-Za-z0-9.*+!_-]+");
  private static final Pattern MARKER_TOKEN =
      Pattern.compile(
          "\\s*+(?:'[^']*+'|\"[^\"]*+\"|<=|>=|==|!=|~=|===|<|>|\\(|\\)|[a-z_.]++)\\s*+");
  private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

  /// @param at named in errors
  /// @throws InvalidInput when the text is no PEP 508 requirement
  public static PackageRequirement parse(String text, Location at) {
    var head = HEAD.matcher(text);
    if (!head.lookingAt()) {
      throw invalid(text, at);
    }
    var name = normalised(head.group(1));
    var extras = head.group(2) == null ? "" : head.group(2).replaceAll("\\s", "");
    var rest = text.substring(head.end());
    var isUrl = rest.startsWith("@");
    var semicolon = isUrl ? rest.indexOf(" ;") : rest.indexOf(';');
    var marker = semicolon < 0 ? "" : rest.substring(rest.indexOf(';', semicolon) + 1).strip();
    var version = (semicolon < 0 ? rest : rest.substring(0, semicolon)).strip();
    if (semicolon >= 0 && !isMarker(marker)) {
      throw invalid(text, at);
    }
    if (isUrl) {
      var url = version.substring(1).strip();
      if (url.isEmpty() || url.chars().anyMatch(Character::isWhitespace)) {
        throw invalid(text, at);
      }
      return new PackageRequirement(name, extras, " @ " + url, marker);
    }
    return new PackageRequirement(name, extras, specifier(version, text, at), marker);
  }

  // Written out where every start comes by: those of records are linked anew by each process.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PackageRequirement requirement
        && name.equals(requirement.name)
        && extras.equals(requirement.extras)
        && specifier.equals(requirement.specifier)
        && marker.equals(requirement.marker);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + specifier.hashCode()) + marker.hashCode();
  }

  /// The name as indexes compare names: lower case, runs of `-`, `_`, `.` as one `-`.
  public static String normalised(String name) {
    return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
  }

  private static String specifier(String version, String text, Location at) {
    var bare =
        version.startsWith("(") && version.endsWith(")")
            ? version.substring(1, version.length() - 1)
            : version;
    var compact = bare.replaceAll("\\s", "");
    if (compact.isEmpty()) {
      return "";
    }
    var clauses = compact.split(",", -1);
    if (!Arrays.stream(clauses).allMatch(clause -> CLAUSE.matcher(clause).matches())) {
      throw invalid(text, at);
    }
    return Arrays.stream(clauses).collect(Collectors.joining(","));
  }

  private static boolean isMarker(String marker) {
    var token = MARKER_TOKEN.matcher(marker);
    var end = 0;
    while (end < marker.length() && token.find(end) && token.start() == end) {
      end = token.end();
    }
    return !marker.isEmpty() && end == marker.length();
  }

  private static InvalidInput invalid(String text, Location at) {
    return new InvalidInput(
        "`" + text.strip() + "` is no Python requirement",
        at.toString(),
        "",
        "write it as PEP 508 says, such as `requests>=2.31 ; python_version >= \"3.9\"`");
  }
}
