package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.python.Distribution;

/// A distribution that a plugin or something it imports from a collection imports from.
///
/// @param module dotted
/// @param collection whose file has the import
/// @param own whether that file is the plugin's
/// @param guarded whether the plugin loads without it
/// @param checked whether the plugin then gives up by itself
record ForeignImport(
    String module,
    Distribution distribution,
    String collection,
    boolean own,
    boolean guarded,
    boolean checked) {

  ForeignImport with(Distribution other) {
    return new ForeignImport(module, other, collection, own, guarded, checked);
  }
}
