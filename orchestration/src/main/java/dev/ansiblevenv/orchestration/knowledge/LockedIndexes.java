package dev.ansiblevenv.orchestration.knowledge;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.CollectionIndex;
import dev.ansiblevenv.analysis.indexing.CollectionIndexer;
import dev.ansiblevenv.core.lock.CollectionStore;
import dev.ansiblevenv.core.lock.LockedCollection;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Lets what was locked win over the catalogue: collections that a playbook uses, and that the
/// catalogue does not know in the locked version, are indexed from their files, once per tarball
/// and controller. Safe for several threads and processes.
public final class LockedIndexes {

  private final IndexCache cache;
  private final Supplier<CollectionStore> store;

  /// @param cache the controller's
  public LockedIndexes(Path cache, Supplier<CollectionStore> store) {
    this.cache = new IndexCache(cache);
    this.store = store;
  }

  /// An examination with what is known of the locked collections.
  ///
  /// @param complete whether no collection had to be left to the catalogue because it was not at
  ///   hand
  public record Outcome(Examination examination, boolean complete) {}

  /// With what is on this controller; asks no server.
  ///
  /// @param base made with the catalogue alone
  public Outcome atHand(Examination base, List<LockedCollection> locked) {
    return applied(base, locked, false);
  }

  /// With everything; fetches what is not on this controller.
  ///
  /// @param base made with the catalogue alone
  /// @throws dev.ansiblevenv.diagnostic.Failure when a collection cannot be had
  public Examination fetched(Examination base, List<LockedCollection> locked) {
    return applied(base, locked, true).examination();
  }

  /// What a role of one collection uses can be of another, so that an index may bring the next.
  private Outcome applied(Examination base, List<LockedCollection> locked, boolean fetch) {
    var making = new Making(locked, fetch);
    var indexes = new HashMap<String, CollectionIndex>();
    var left = new HashSet<String>();
    for (var examination = base; ; examination = base.knowing(indexes.values())) {
      var wanted =
          making.wanted(examination, base.catalogue()).stream()
              .filter(collection -> !indexes.containsKey(collection.name()))
              .filter(collection -> !left.contains(collection.name()))
              .toList();
      var before = indexes.size();
      making
          .indexes(wanted)
          .forEach((name, index) ->
              index.ifPresentOrElse(made -> indexes.put(name, made), () -> left.add(name)));
      if (indexes.size() == before) {
        return new Outcome(examination, left.isEmpty());
      }
    }
  }

  private final class Making {

    private final List<LockedCollection> locked;
    private final Map<String, String> hashes;
    private final boolean fetch;

    Making(List<LockedCollection> locked, boolean fetch) {
      this.locked = locked;
      this.hashes =
          locked.stream()
              .collect(Collectors.toMap(LockedCollection::name, LockedCollection::sha256));
      this.fetch = fetch;
    }

    List<LockedCollection> wanted(Examination examination, Catalogue catalogue) {
      var used =
          examination.analysis().collections().stream()
              .filter(Making::isUsed)
              .map(CollectionNeed::name)
              .collect(Collectors.toSet());
      return locked.stream()
          .filter(collection -> used.contains(collection.name()))
          .filter(collection -> !isKnown(collection, catalogue))
          .toList();
    }

    /// Nothing has to be known of a collection that only an override or a requirements file names.
    private static boolean isUsed(CollectionNeed need) {
      return need.because().stream()
          .map(Because::kind)
          .anyMatch(kind -> !kind.equals("override") && !kind.equals("requirements"));
    }

    private static boolean isKnown(LockedCollection collection, Catalogue catalogue) {
      return catalogue
          .collection(collection.name())
          .filter(facts -> facts.version().equals(collection.version()))
          .isPresent();
    }

    Map<String, Optional<CollectionIndex>> indexes(List<LockedCollection> wanted) {
      var indexes = new HashMap<String, Optional<CollectionIndex>>();
      var missing = new ArrayList<LockedCollection>();
      for (var collection : wanted) {
        var kept = cache.find(collection, hashes);
        if (kept.isPresent()) {
          indexes.put(collection.name(), kept);
        } else {
          missing.add(collection);
        }
      }
      if (fetch && !missing.isEmpty()) {
        store.get().contents(missing);
      }
      missing.forEach(collection -> indexes.put(collection.name(), index(collection)));
      return indexes;
    }

    /// Empty where it, or what it imports from, is not at hand.
    private Optional<CollectionIndex> index(LockedCollection collection) {
      var contents = new Contents(locked, store.get(), fetch);
      var root = contents.of(collection.name());
      if (root.isEmpty()) {
        return Optional.empty();
      }
      try {
        var index = new CollectionIndexer(contents::of).index(collection.name(), root.get());
        if (contents.lacking()) {
          return Optional.empty();
        }
        var with = new TreeMap<String, String>();
        contents.asked().forEach(name -> with.put(name, hashes.getOrDefault(name, "")));
        with.remove(collection.name());
        cache.keep(collection, index, with);
        return Optional.of(index);
      } catch (IOException e) {
        throw new StateConflict(
            "cannot be read", root.get().toString(), String.valueOf(e.getMessage()), "", e);
      }
    }
  }
}
