package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.CollectionIndex;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.Requirements;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A playbook's analysis, together with what it was made from.
public record Examination(
    AnalysisRequest request, Catalogue catalogue, Closure closure, Analysis analysis) {

  /// The roles that the closure names and that have to be fetched.
  public List<Requirements.In<GalaxyRole>> rolesToFetch() {
    return analysis.roles().stream()
        .filter(role -> role.isMissing())
        .flatMap(role -> closure.requirements().role(role.name()).stream())
        .distinct()
        .toList();
  }

  /// The same playbook with roles that were fetched for it. The content hash stays.
  ///
  /// @param roles directories by name
  public Examination seeing(Map<String, Path> roles) {
    return new PlaybookAnalyzer(catalogue)
        .examine(request.with(roles), Optional.of(analysis.canonicalForm()));
  }

  /// The same closure with other knowledge of some collections. No file of the closure is read
  /// again, and the content hash stays.
  ///
  /// @param indexes each takes the place of what was known of its collection
  public Examination knowing(Collection<CollectionIndex> indexes) {
    var known = catalogue;
    for (var index : indexes) {
      known = known.with(index);
    }
    return new PlaybookAnalyzer(known)
        .examination(request, closure, analysis.stem(), analysis.canonicalForm());
  }
}
