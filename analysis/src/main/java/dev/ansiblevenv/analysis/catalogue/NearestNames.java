package dev.ansiblevenv.analysis.catalogue;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/// The names of a collection that a misspelt one may have meant.
final class NearestNames {

  private static final int MOST = 3;

  private record Near(String name, int distance) {}

  private NearestNames() {}

  /// @return nearest first
  static List<String> of(CollectionIndex index, PluginKind kind, String misspelt) {
    var known = new HashSet<>(index.names(kind.word()));
    index.redirected(kind.word()).forEach(known::add);
    if (kind == PluginKind.MODULE) {
      known.addAll(index.names(CollectionContent.ACTION));
    }
    var most = Math.max(1, misspelt.length() / 3);
    return known.stream()
        .map(candidate -> new Near(candidate, EditDistance.between(misspelt, candidate, most)))
        .filter(near -> near.distance() <= most)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }
}
