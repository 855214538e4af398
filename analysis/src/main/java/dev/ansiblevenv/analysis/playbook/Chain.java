package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The static imports that led to a file, innermost first. Shares its tail, so that a long chain of
/// imports costs no more than its length.
record Chain(String name, @Nullable Chain outer) {

  static boolean holds(@Nullable Chain chain, String name) {
    for (var link = chain; link != null; link = link.outer) {
      if (link.name.equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// From the outermost to the innermost, then the name that closes the circle.
  static List<String> circle(@Nullable Chain chain, String name) {
    var names = new ArrayList<>(List.of(name));
    for (var link = chain; link != null; link = link.outer) {
      names.add(link.name);
      if (link.name.equals(name)) {
        break;
      }
    }
    Collections.reverse(names);
    return names;
  }
}
