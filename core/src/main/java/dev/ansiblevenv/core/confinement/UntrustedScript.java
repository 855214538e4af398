package dev.ansiblevenv.core.confinement;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A Python script that may come to run code of somebody else's.
///
/// @param python the interpreter of a virtual environment, or a system's
/// @param file absolute; its directory is readable
/// @param environment all that it sees of one, given its scratch directory: the only one that it
///   may write, thrown away afterwards
/// @param readable absolute paths that it may read, with all below them, besides Python and the
///   system's programs; what is not there is left out
public record UntrustedScript(
    Path python,
    Path file,
    List<String> arguments,
    Function<Path, Map<String, String>> environment,
    List<Path> readable,
    Path directory) {

  public UntrustedScript {
    arguments = List.copyOf(arguments);
    readable = List.copyOf(readable);
  }
}
