package dev.ansiblevenv.analysis.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The indexes that come with this program, each read when it is first asked for, below those that
/// were made of what a lock names. Safe to share.
final class Indexes {

  private static final Map<String, Optional<CollectionIndex>> SHIPPED = new ConcurrentHashMap<>();

  private final Map<String, CollectionIndex> own;

  Indexes(Map<String, CollectionIndex> own) {
    this.own = Map.copyOf(own);
  }

  Indexes with(CollectionIndex index) {
    var more = new HashMap<>(own);
    more.put(index.collection(), index);
    return new Indexes(more);
  }

  Optional<CollectionIndex> of(String collection) {
    var index = own.get(collection);
    return index != null
        ? Optional.of(index)
        : SHIPPED.computeIfAbsent(collection, Indexes::shipped);
  }

  private static Optional<CollectionIndex> shipped(String collection) {
    if (!Catalogue.isDotted(collection)) {
      return Optional.empty();
    }
    try (var stream = Indexes.class.getResourceAsStream(collection + ".txt")) {
      return stream == null
          ? Optional.empty()
          : Optional.of(
              CollectionIndex.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
