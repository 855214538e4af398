package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.git.GitAddress;
import dev.ansiblevenv.core.git.GitClones;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.net.Request;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collections that have to be fetched to be known: from git repositories and by URL. What was
/// fetched stays in the controller's cache as `blobs/<sha256>`, where whoever installs from the
/// lock finds it. Thread safe.
final class FetchedCollections {

  /// Of an archive of which nothing is known before.
  private static final long LARGEST_ARCHIVE = 512L << 20;

  private final CacheDirectory cache;
  private final GitClones git;
  private final Http http;
  private final List<LockedCollection> preferred;

  FetchedCollections(CacheDirectory cache, GitClones git, Http http) {
    this(cache, git, http, List.of());
  }

  /// @param preferred what was locked from a repository keeps its commit
  FetchedCollections(
      CacheDirectory cache, GitClones git, Http http, List<LockedCollection> preferred) {
    this.preferred = List.copyOf(preferred);
    this.cache = cache;
    this.git = git;
    this.http = http;
  }

  /// The collection at the address or, where there is none, those in the directories below it.
  ///
  /// @param because who names it, for errors
  /// @throws Unresolvable when it cannot be cloned
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when there is no collection
  List<FixedSource> at(GitAddress address, String because) {
    return git.checkout(
        kept(address, because).map(address::at).orElse(address),
        because,
        (root, commit) -> {
          var found = new ArrayList<FixedSource>();
          for (var directory : CollectionDirectory.below(root, address.directory())) {
            var exact = new GitAddress(address.url(), directory, commit);
            var packed = pack(root.resolve(directory), exact.toString());
            found.add(
                new FixedSource(
                    new GitAddress(address.url(), directory, address.ref()).toString(),
                    exact.toString(),
                    packed.collection,
                    packed.sha256,
                    packed.size));
          }
          return List.copyOf(found);
        });
  }

  /// The commit that was locked for a branch or tag of a repository.
  private Optional<String> kept(GitAddress address, String because) {
    return preferred.stream()
        .filter(locked -> locked.url().startsWith("git+"))
        .filter(locked -> {
          var source = GitAddress.parse(locked.source(), "", because);
          return source.url().equals(address.url()) && source.ref().equals(address.ref());
        })
        .map(locked -> GitAddress.parse(locked.url(), "", because).ref())
        .findFirst();
  }

  /// The tarball at a URL.
  FixedSource at(URI url) {
    try {
      var place = cache.building();
      try {
        var sha256 = http.download(Request.of(url), place, LARGEST_ARCHIVE);
        var collection = CollectionTarball.at(place, Redacted.url(url)).describe();
        var size = Files.size(place);
        cache.keep(place, sha256);
        return new FixedSource(url.toString(), url.toString(), collection, sha256, size);
      } finally {
        Trees.delete(place);
      }
    } catch (IOException e) {
      throw CacheDirectory.unwritable(cache.root(), e);
    }
  }

  /// Fetches what was locked into the blobs once more.
  ///
  /// @throws Unresolvable when it is not what was locked
  void restore(LockedCollection locked) {
    if (!locked.url().startsWith("git+")) {
      http.download(
          Request.of(URI.create(locked.url())), cache.blob(locked.sha256()), locked.sha256());
      return;
    }
    var address = GitAddress.parse(locked.url(), "", locked.name());
    var sha256 =
        git.checkout(
            address,
            locked.name(),
            (root, _) -> pack(root.resolve(address.directory()), locked.url()).sha256);
    if (!sha256.equals(locked.sha256())) {
      throw new Unresolvable(
          "is not what was locked",
          locked.url(),
          locked.name() + " has sha256 " + sha256 + " instead of " + locked.sha256(),
          "lock again");
    }
  }

  private Packed pack(Path directory, String shown) throws IOException {
    var place = cache.building();
    try {
      var content = CollectionDirectory.at(directory, shown);
      var digest = Sha256.digest();
      try (var out = new DigestOutputStream(Files.newOutputStream(place), digest)) {
        content.writeTarball(out);
      }
      var sha256 = Sha256.hex(digest);
      var size = Files.size(place);
      cache.keep(place, sha256);
      return new Packed(content.describe(), sha256, size);
    } finally {
      Trees.delete(place);
    }
  }

  private record Packed(LocalCollection collection, String sha256, long size) {}
}
