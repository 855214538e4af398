package dev.ansiblevenv.core.tool;

import java.nio.file.Path;

/// A CPython on this machine.
///
/// @param executable the interpreter itself, not a launcher such as pyenv's shim
public record Python(Path executable, String version) {

  @Override
  public String toString() {
    return "Python " + version + " (" + executable + ")";
  }
}
