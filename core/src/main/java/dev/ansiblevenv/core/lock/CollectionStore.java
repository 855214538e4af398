package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.git.GitClones;
import dev.ansiblevenv.core.net.SeveralAtOnce;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The controller's copies of locked collections, by content: `blobs/<sha256>` the tarballs,
/// `collections/<sha256>` what is in them. Something stands there whole and checked, or not at all;
/// any number of threads and processes may ask at once.
public final class CollectionStore {

  private final CacheDirectory cache;
  private final ProjectCollections project;
  private final GalaxyClients galaxy;
  private final FetchedCollections fetched;
  private final VerifiedTarballs verified;

  /// @param cache is created when needed
  /// @param project what the relative paths in a lock are relative to
  /// @param git for what a lock has from repositories
  public CollectionStore(Path cache, Path project, GalaxyClients galaxy, GitClones git) {
    this.cache = new CacheDirectory(cache.toAbsolutePath());
    this.project = new ProjectCollections(project, git.environment());
    this.galaxy = galaxy;
    this.fetched = new FetchedCollections(this.cache, git, galaxy.http());
    this.verified = new VerifiedTarballs(this.cache, galaxy, git.environment());
  }

  /// The tarball of each, fetched if it is not there, several at a time.
  ///
  /// @return in the order asked for
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when one cannot be had, or is another than the
  ///   locked one
  /// @throws Failure when the disk cannot be written
  public Map<LockedCollection, Path> tarballs(List<LockedCollection> collections) {
    return SeveralAtOnce.fetch("collection", collections, this::tarball);
  }

  /// A collections root (`ansible_collections/namespace/name`) of exactly these, for tools on the
  /// controller. Nobody may write to it.
  public Path unpacked(List<LockedCollection> collections) {
    SeveralAtOnce.fetch("collection", collections, this::content);
    var names = new StringBuilder();
    collections.stream()
        .map(c -> c.name() + " " + c.sha256() + "\n")
        .sorted()
        .forEach(names::append);
    var root =
        cache
            .root()
            .resolve("roots")
            .resolve(Sha256.of(names.toString().getBytes(StandardCharsets.UTF_8)));
    return cache.whole(root, building -> link(building, collections));
  }

  /// What is in each, unpacked: the directory with `MANIFEST.json`. Nobody may write there.
  ///
  /// @return in the order asked for
  /// @throws Failure as [#tarballs]
  public Map<LockedCollection, Path> contents(List<LockedCollection> collections) {
    return SeveralAtOnce.fetch("collection", collections, this::content);
  }

  /// The same of one, without asking a server; empty when it would have to be fetched.
  public Optional<Path> contentAtHand(LockedCollection collection) {
    var isThere = Files.isDirectory(unpacked(collection)) || Files.isRegularFile(blob(collection));
    return isThere && verified.isSettled(collection)
        ? Optional.of(content(collection))
        : Optional.empty();
  }

  private Path unpacked(LockedCollection collection) {
    return cache.root().resolve("collections").resolve(collection.sha256());
  }

  private Path blob(LockedCollection collection) {
    return cache.blob(collection.sha256());
  }

  private Path content(LockedCollection collection) {
    var target = unpacked(collection);
    if (Files.isDirectory(target) && verified.isSettled(collection)) {
      return target;
    }
    var tarball = new CollectionTarball(tarball(collection), collection.name());
    return cache.whole(target, building -> CollectionUnpacking.unpack(tarball, building));
  }

  private Path tarball(LockedCollection collection) {
    var tarball = had(collection);
    verified.verify(collection, tarball);
    return tarball;
  }

  private Path had(LockedCollection collection) {
    var blob = blob(collection);
    if (isIntact(blob, collection)) {
      return blob;
    }
    if (collection.isLocal()) {
      return cache.whole(blob, building -> build(collection, building));
    }
    if (collection.url().startsWith("git+") || collection.url().equals(collection.source())) {
      fetched.restore(collection);
      return blob;
    }
    galaxy
        .at(collection.source(), collection.name())
        .download(URI.create(collection.url()), blob, collection.sha256(), collection.size());
    return blob;
  }

  /// A damaged copy is taken away, so that it is made or fetched anew.
  private static boolean isIntact(Path blob, LockedCollection collection) {
    try {
      if (Sha256.isOf(blob, collection.sha256())) {
        return true;
      }
      if (Files.isRegularFile(blob)) {
        Files.deleteIfExists(blob);
      }
      return false;
    } catch (IOException e) {
      throw new StateConflict(
          "cannot read", blob.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private void build(LockedCollection collection, Path target) throws IOException {
    if (!project.has(collection.source())) {
      throw new StateConflict(
          "a locked collection is gone",
          collection.source(),
          collection.name() + " was locked from there",
          "bring it back, or lock again");
    }
    var digest = Sha256.digest();
    try (var out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
      project.write(collection.source(), out);
    }
    if (!Sha256.hex(digest).equals(collection.sha256())) {
      throw new StateConflict(
          "is not what was locked",
          collection.source(),
          "the collection " + collection.name() + " has changed since",
          "lock again");
    }
  }

  private static void link(Path root, List<LockedCollection> collections) throws IOException {
    for (var collection : collections) {
      var name = collection.name();
      var link = root.resolve("ansible_collections").resolve(name.replace('.', '/'));
      Files.createDirectories(link.resolveSibling("."));
      // Relative, so that the cache may be moved; a root and its building site lie equally deep.
      var contents = Path.of("..", "..", "..", "..", "collections", collection.sha256());
      Files.createSymbolicLink(link, contents);
    }
  }
}
