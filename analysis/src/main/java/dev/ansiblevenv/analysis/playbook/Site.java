package dev.ansiblevenv.analysis.playbook;

import org.jspecify.annotations.Nullable;

/// A place in the closure.
///
/// @param file closure-relative path
/// @param line 1-based; 0 when the whole file is meant
public record Site(String file, int line) {

  // Written out where every start comes by: those of records are linked anew by each process.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Site site && line == site.line && file.equals(site.file);
  }

  @Override
  public int hashCode() {
    return 31 * file.hashCode() + line;
  }
}
