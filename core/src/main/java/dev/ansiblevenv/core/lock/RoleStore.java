package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.git.GitClones;
import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The controller's copies of locked roles, by content: `blobs/<sha256>` the tarballs,
/// `roles/<sha256>` what is in them. Something stands there whole and checked, or not at all; any
/// number of threads and processes may ask at once.
public final class RoleStore {

  private final CacheDirectory cache;
  private final FetchedRoles fetched;

  /// @param cache is created when needed
  public RoleStore(Path cache, GalaxyClients galaxy, GitClones git) {
    this.cache = new CacheDirectory(cache.toAbsolutePath());
    this.fetched = new FetchedRoles(this.cache, git, galaxy.http());
  }

  /// The role's files, fetched if they are not there. Nobody may write there.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when they cannot be had, or are others than
  ///   the locked ones
  public Path content(LockedRole role) {
    var target = cache.root().resolve("roles").resolve(role.sha256());
    return cache.whole(
        target,
        building -> {
          if (!Files.isRegularFile(cache.blob(role.sha256()))) {
            fetched.restore(role);
          }
          new RoleArchive(cache.blob(role.sha256()), role.name()).unpack(building);
        });
  }

  /// The same without asking a server; empty when it would have to be fetched.
  public Optional<Path> contentAtHand(LockedRole role) {
    return Files.isDirectory(cache.root().resolve("roles").resolve(role.sha256()))
            || Files.isRegularFile(cache.blob(role.sha256()))
        ? Optional.of(content(role))
        : Optional.empty();
  }

  /// A directory with exactly these roles in it, by name, for tools on the controller. Nobody may
  /// write to it.
  public Path unpacked(List<LockedRole> roles) {
    roles.forEach(this::content);
    var names =
        roles.stream()
            .map(role -> role.name() + " " + role.sha256() + "\n")
            .sorted()
            .collect(Collectors.joining());
    var root =
        cache
            .root()
            .resolve("role-roots")
            .resolve(Sha256.of(names.getBytes(StandardCharsets.UTF_8)));
    return cache.whole(root, building -> link(building, roles));
  }

  private static void link(Path root, List<LockedRole> roles) throws IOException {
    Files.createDirectories(root);
    for (var role : roles) {
      // Relative, so that the cache may be moved.
      Files.createSymbolicLink(
          root.resolve(role.name()), Path.of("..", "..", "roles", role.sha256()));
    }
  }
}
