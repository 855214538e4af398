package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.PythonNeed;
import java.util.Map;
import java.util.Optional;

/// Packages that the Python index has as source only, and the distribution that has the same
/// modules and versions as wheels. Hosts usually have neither a compiler nor the headers that the
/// source needs. A package that a person asks for by name, in a requirements file or
/// `ansible-venv.yml`, is never replaced.
final class WheelSubstitutes {

  // https://www.psycopg.org/docs/install.html#quick-install
  private static final Map<String, String> SUBSTITUTES = Map.of("psycopg2", "psycopg2-binary");

  private WheelSubstitutes() {}

  /// The name of the distribution that is locked for a need.
  static String name(PythonNeed need) {
    return replaced(need).orElse(need.name());
  }

  /// The [PEP 508](https://peps.python.org/pep-0508/) requirement that is locked for a need.
  static String requirement(PythonNeed need) {
    return replaced(need)
        .map(name ->
            new PythonNeed(name, need.specifier(), need.marker(), need.side(), need.because())
                .requirement())
        .orElse(need.requirement());
  }

  /// The distribution that is locked instead; empty where none is.
  static Optional<String> replaced(PythonNeed need) {
    var named =
        need.because().stream()
            .anyMatch(
                place -> place.kind().equals("requirements") || place.kind().equals("override"));
    return named ? Optional.empty() : Optional.ofNullable(SUBSTITUTES.get(need.name()));
  }
}
