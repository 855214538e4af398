package dev.ansiblevenv.analysis.python;

import java.util.List;

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

  /// Nobody can tell from the name of the module.
  ///
  /// @param module dotted, as imported
  /// @param hints distributions that may have it, normalised
  record Unknown(String module, List<String> hints) implements Distribution {

    /// Whether it is the one, where somebody names the distribution: it is one of the hints, or its
    /// name tells which module it has, as `pyserial` does of `serial` and `azure-mgmt-sql` of
    /// `azure.mgmt.sql.models`.
    ///
    /// @param name normalised
    public boolean isIn(String name) {
      return hints.contains(name) || DistributionName.tells(name, module);
    }
  }
}
