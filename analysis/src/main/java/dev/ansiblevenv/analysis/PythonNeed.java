package dev.ansiblevenv.analysis;

import java.util.Arrays;
import java.util.List;

/// A distribution on the Python index that the closure needs.
///
/// @param name normalised as PEP 503 says
/// @param specifier PEP 440 specifier set, behind the extras where there are any
///   (`[security]>=2.31`), or ` @ URL`; empty for any version
/// @param marker PEP 508 marker, empty for always
public record PythonNeed(
    String name, String specifier, String marker, Side side, List<Because> because) {

  /// Where a package has to be importable.
  public enum Side {
    CONTROL("control"),
    MANAGED_NODE("managed-node"),
    BOTH("both");

    private final String word;

    Side(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Side of(String word) {
      return Arrays.stream(values())
          .filter(side -> side.word.equals(word))
          .findFirst()
          .orElseThrow();
    }
  }

  /// The requirement as PEP 508 writes it.
  public String requirement() {
    return name + specifier + (marker.isEmpty() ? "" : " ; " + marker);
  }
}
