package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.requirement.GalaxyRequirements;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import java.util.List;

/// What requirements files beside the playbook and in the project directory ask for.
///
/// @param packages lines of pip requirements files
/// @param constraints lines of pip constraints files: they bound what is needed and need nothing
public record Requirements(
    List<In<GalaxyRequirements.Collection>> collections,
    List<In<GalaxyRequirements.Role>> roles,
    List<In<RequirementsLine.Wanted>> packages,
    List<In<RequirementsLine.Wanted>> constraints) {

  /// An entry and the file that it is in.
  ///
  /// @param file closure-relative
  public record In<T>(String file, T entry) {}
}
