package dev.ansiblevenv.core.lock;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// The controller's cache, in which something stands whole or not at all; any number of threads and
/// processes may put the same into it at once.
record CacheDirectory(Path root) {

  /// A tarball by its SHA-256.
  Path blob(String sha256) {
    return root.resolve("blobs").resolve(sha256);
  }

  /// A place for what is not whole yet.
  Path building() throws IOException {
    return Files.createDirectories(root.resolve("building")).resolve(UUID.randomUUID().toString());
  }

  /// Puts what was made at [#building] among the blobs.
  void keep(Path made, String sha256) throws IOException {
    Files.createDirectories(root.resolve("blobs"));
    Files.move(made, blob(sha256), ATOMIC_MOVE);
  }

  /// Makes something beside its place, then puts it there; whoever comes second leaves the first.
  Path whole(Path target, Making making) {
    if (Files.exists(target)) {
      return target;
    }
    try {
      var building = building();
      Files.createDirectories(target.resolveSibling("."));
      try {
        making.make(building);
        Files.move(building, target, ATOMIC_MOVE);
      } catch (IOException e) {
        if (!Files.exists(target)) {
          throw e;
        }
      } finally {
        Trees.delete(building);
      }
      return target;
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  static StateConflict unwritable(Path target, IOException e) {
    return new StateConflict(
        "cannot write", target.toString(), String.valueOf(e.getMessage()), "", e);
  }

  @FunctionalInterface
  interface Making {
    void make(Path building) throws IOException;
  }
}
