package dev.ansiblevenv.analysis.python;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.util.Set;

/// What the name of a distribution says of its modules.
final class DistributionName {

  private DistributionName() {}

  /// Whether the name is that of the module or of a package above it, with nothing but Python's
  /// name or a word for a library around it.
  ///
  /// @param name normalised
  /// @param module dotted
  static boolean tells(String name, String module) {
    for (var part = module; ; part = part.substring(0, part.lastIndexOf('.'))) {
      var bare = PackageRequirement.normalised(part);
      if (affixed(bare).contains(name)) {
        return true;
      }
      if (part.lastIndexOf('.') < 0) {
        return false;
      }
    }
  }

  private static Set<String> affixed(String bare) {
    return Set.of(
        bare,
        "py" + bare,
        "py-" + bare,
        "python-" + bare,
        "python3-" + bare,
        bare + "-py",
        bare + "-python",
        bare + "-sdk",
        bare + "-client",
        bare + "-api");
  }
}
