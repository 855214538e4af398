package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.requirement.BindepFile;
import dev.ansiblevenv.analysis.requirement.GalaxyCollection;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import java.util.List;
import java.util.Optional;

/// What requirements files ask for. They bound what is used and need nothing themselves.
///
/// @param packages lines of pip requirements and constraints files
/// @param pipOnly those of their lines whose package only pip can find
/// @param systemPackages rules of bindep files that an installation asks for
public record Requirements(
    List<In<GalaxyCollection>> collections,
    List<In<GalaxyRole>> roles,
    List<In<RequirementsLine.Wanted>> packages,
    List<In<RequirementsLine.PipOnly>> pipOnly,
    List<In<BindepFile.Line>> systemPackages) {

  /// The first entry for a role, as a playbook names it.
  public Optional<In<GalaxyRole>> role(String name) {
    return roles.stream().filter(in -> GalaxyRole.isMeant(in.entry().name(), name)).findFirst();
  }

  /// An entry and the file that it is in.
  ///
  /// @param file closure-relative
  public record In<T>(String file, T entry) {}
}
