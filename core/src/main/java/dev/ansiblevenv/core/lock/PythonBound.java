package dev.ansiblevenv.core.lock;

import java.util.List;

/// A bound on a Python package that holds for whatever is installed, also where only another
/// package needs it. It needs nothing itself: pip's constraints files mean the same.
///
/// @param line one [PEP 508](https://peps.python.org/pep-0508/) requirement without extras
/// @param hashes `sha256:…` and the like: of a version that `line` admits, only files with one of
///   these may be installed; empty for any file
/// @param because where it comes from: file:line
public record PythonBound(String line, List<String> hashes, String because) {

  public PythonBound {
    hashes = List.copyOf(hashes);
  }
}
