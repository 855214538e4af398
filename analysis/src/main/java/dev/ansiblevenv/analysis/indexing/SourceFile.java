package dev.ansiblevenv.analysis.indexing;

import java.util.ArrayList;
import java.util.List;

/// A Python file of a collection.
///
/// @param collection `namespace.name`
/// @param path below the collection's directory, `/` between its parts
record SourceFile(String collection, String path) {

  /// The package that `level` dots in front of an import mean in this file.
  List<String> parent(int level) {
    var parts = new ArrayList<>(List.of(path.split("/", -1)));
    for (var i = 0; i < level && !parts.isEmpty(); i++) {
      parts.removeLast();
    }
    return parts;
  }
}
