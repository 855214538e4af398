package dev.ansiblevenv.core.galaxy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A collection's version. Galaxy accepts [Semantic Versioning 2](https://semver.org) only.
///
/// The order ignores build metadata and so is not consistent with `equals`, which compares the
/// text.
public final class SemanticVersion implements Comparable<SemanticVersion> {

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
              + "(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
              + "(?:\\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
              + "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");

  private final String text;
  private final List<String> core;
  private final List<String> preRelease;

  private SemanticVersion(String text, List<String> core, List<String> preRelease) {
    this.text = text;
    this.core = core;
    this.preRelease = preRelease;
  }

  /// @return empty when the text is not a semantic version
  public static Optional<SemanticVersion> parse(String text) {
    var match = SYNTAX.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var pre = match.group(4) == null ? List.<String>of() : List.of(match.group(4).split("\\."));
    return Optional.of(
        new SemanticVersion(text, List.of(match.group(1), match.group(2), match.group(3)), pre));
  }

  public boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  @Override
  public int compareTo(SemanticVersion other) {
    for (int i = 0; i < 3; i++) {
      var order = compareNumbers(core.get(i), other.core.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (isPreRelease() != other.isPreRelease()) {
      return isPreRelease() ? -1 : 1;
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      var order = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compareIdentifiers(String a, String b) {
    if (isNumber(a) != isNumber(b)) {
      return isNumber(a) ? -1 : 1;
    }
    return isNumber(a) ? compareNumbers(a, b) : a.compareTo(b);
  }

  /// Numbers have no leading zeros and no upper bound: the longer one is the greater.
  private static int compareNumbers(String a, String b) {
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  private static boolean isNumber(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SemanticVersion that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
