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

/// Fetches roles into `blobs/<sha256>` of the controller's cache, each as a tarball that depends on
/// nothing but the role's files: servers make archives anew, and not always the same bytes.
final class FetchedRoles {

  /// Of an archive of which nothing is known before.
  private static final long LARGEST_ARCHIVE = 512L << 20;

  private final CacheDirectory cache;
  private final GitClones git;
  private final Http http;

  FetchedRoles(CacheDirectory cache, GitClones git, Http http) {
    this.cache = cache;
    this.git = git;
    this.http = http;
  }

  LockedRole at(GitAddress address, RoleRequirement role) {
    return git.exported(
        address,
        role.because(),
        (archive, commit) ->
            kept(
                archive,
                new LockedRole(
                    role.name(),
                    commit,
                    address.toString(),
                    address.at(commit).toString(),
                    "",
                    0)));
  }

  LockedRole at(URI url, String version, String source, RoleRequirement role) {
    return download(new LockedRole(role.name(), version, source, url.toString(), "", 0));
  }

  /// Fetches what was locked once more.
  ///
  /// @throws Unresolvable when it is not what was locked
  void restore(LockedRole locked) {
    var again =
        locked.url().startsWith("git+")
            ? git.exported(
                GitAddress.parse(locked.url(), "", locked.name()),
                locked.name(),
                (archive, _) -> kept(archive, locked))
            : download(locked);
    if (!again.sha256().equals(locked.sha256())) {
      throw new Unresolvable(
          "is not what was locked",
          locked.url(),
          "the role "
              + locked.name()
              + " has sha256 "
              + again.sha256()
              + " instead of "
              + locked.sha256(),
          "lock again");
    }
  }

  private LockedRole download(LockedRole role) {
    try {
      var archive = cache.building();
      try {
        http.download(Request.of(URI.create(role.url())), archive, LARGEST_ARCHIVE);
        return kept(archive, role);
      } finally {
        Trees.delete(archive);
      }
    } catch (IOException e) {
      throw CacheDirectory.unwritable(cache.root(), e);
    }
  }

  private LockedRole kept(Path archive, LockedRole role) throws IOException {
    var unpacked = cache.building();
    var place = cache.building();
    try {
      var shown = role.name() + " (" + Redacted.text(role.url()) + ")";
      new RoleArchive(archive, shown).repack(unpacked, place);
      var sha256 = Sha256.of(place);
      var size = Files.size(place);
      cache.keep(place, sha256);
      return new LockedRole(role.name(), role.version(), role.source(), role.url(), sha256, size);
    } finally {
      Trees.delete(unpacked);
      Trees.delete(place);
    }
  }
}
