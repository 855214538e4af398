package dev.ansiblevenv.analysis;

import org.jspecify.annotations.Nullable;

/// Why something is needed: the place that names it.
///
/// @param file closure-relative path
/// @param line 1-based
/// @param kind what names it: `module`, `filter`, `test`, `lookup`, `role`, `requirements` …
/// @param name the name as written there
public record Because(String file, int line, String kind, String name) {

  // Written out where every start comes by: those of records are linked anew by each process.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Because because
        && line == because.line
        && file.equals(because.file)
        && kind.equals(because.kind)
        && name.equals(because.name);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * file.hashCode() + line) + kind.hashCode()) + name.hashCode();
  }
}
