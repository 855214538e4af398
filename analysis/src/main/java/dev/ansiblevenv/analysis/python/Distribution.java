package dev.ansiblevenv.analysis.python;

/// What brings an imported module.
public sealed interface Distribution {

  /// @param name on the Python index, normalised as PEP 503 says
  record OnIndex(String name) implements Distribution {}

  /// A dependency of ansible-core, so it is there wherever ansible-core is.
  ///
  /// @param name on the Python index, normalised
  record OfCore(String name) implements Distribution {}

  /// @param name of a package of the operating system, as Fedora or Debian call it
  record OfSystem(String name) implements Distribution {}

  /// Nothing that could be installed: the standard library, Python 2's modules, shims.
  record Nothing() implements Distribution {}
}
