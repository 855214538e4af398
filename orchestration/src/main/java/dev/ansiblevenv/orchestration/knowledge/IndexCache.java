package dev.ansiblevenv.orchestration.knowledge;

import dev.ansiblevenv.analysis.catalogue.CollectionIndex;
import dev.ansiblevenv.core.lock.LockedCollection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Indexes that were made of collections, by the SHA-256 of the tarball. In front of an index stand
/// the collections whose files it was made with, `with NAME SHA256`, since a plugin needs what the
/// files need that it imports; with others it counts as absent.
final class IndexCache {

  /// The rules by which an index is made. Another rule or form is another directory.
  private static final int RULES = 2;

  private static final String WITH = "with ";

  private final Path directory;

  IndexCache(Path cache) {
    this.directory = cache.resolve("indexes-" + RULES);
  }

  /// @param hashes of the tarballs of the lock, by collection
  Optional<CollectionIndex> find(LockedCollection collection, Map<String, String> hashes) {
    var content = file(collection).read();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    var text = content.get();
    var start = 0;
    while (text.startsWith(WITH, start)) {
      var end = text.indexOf('\n', start);
      var words = text.substring(start + WITH.length(), end).split(" ", 2);
      if (!hashes.getOrDefault(words[0], "").equals(words[1])) {
        return Optional.empty();
      }
      start = end + 1;
    }
    return Optional.of(CollectionIndex.parse(text.substring(start)));
  }

  /// @param with hashes of what it was made with, by collection; empty for one that was not there
  void keep(LockedCollection collection, CollectionIndex index, SortedMap<String, String> with) {
    var content = new StringBuilder();
    with.forEach(
        (name, hash) -> content.append(WITH).append(name).append(' ').append(hash).append('\n'));
    file(collection).write(content.append(index.text()).toString());
  }

  private SealedFile file(LockedCollection collection) {
    return new SealedFile(directory.resolve(collection.sha256() + ".txt"));
  }
}
