package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.CollectionIndex;
import dev.ansiblevenv.analysis.playbook.Closure;
import java.util.Collection;

/// A playbook's analysis, together with what it was made from.
public record Examination(Catalogue catalogue, Closure closure, Analysis analysis) {

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
        .examination(closure, analysis.stem(), analysis.canonicalForm());
  }
}
