package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.playbook.Side;
import java.util.List;

/// A distribution on the Python index that the closure needs.
///
/// @param name normalised as PEP 503 says
/// @param specifier PEP 440 specifier set, behind the extras where there are any
///   (`[security]>=2.31`), or ` @ URL`; empty for any version
/// @param side where the package has to be importable
/// @param marker PEP 508 marker, empty for always
public record PythonNeed(
    String name, String specifier, String marker, Side side, List<Because> because) {

  /// The requirement as PEP 508 writes it.
  public String requirement() {
    return name + specifier + (marker.isEmpty() ? "" : " ; " + marker);
  }
}
