package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.python.Distribution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a plugin imports, for the reader of its documentation: a word that is one of these means a
/// distribution.
///
/// @param names that the imports come from, normalised
/// @param modules that may come from any distribution that fits
record Imported(Set<String> names, List<Distribution.Unknown> modules) {

  static Imported of(List<ForeignImport> imports) {
    var names = new HashSet<String>();
    for (var each : imports) {
      if (each.distribution() instanceof Distribution.OnIndex(var name)) {
        names.add(name);
      }
    }
    return new Imported(
        names,
        imports.stream()
            .map(ForeignImport::distribution)
            .filter(Distribution.Unknown.class::isInstance)
            .map(Distribution.Unknown.class::cast)
            .toList());
  }

  /// @param name of a distribution, normalised
  boolean mayComeFrom(String name) {
    return names.contains(name) || modules.stream().anyMatch(module -> module.isIn(name));
  }
}
