package dev.ansiblevenv.core.lock;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.ExclusiveLock;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// The directories `<name>.lock/`, each with `pylock.toml` and `collections.yml`.
///
/// The two files belong together, so they change together: both are written into a directory beside
/// the old one, which then takes its place. From the moment at which the new directory is called
/// `.<name>.lock.new` it is the lock, even if a crash keeps it from moving on; a reader then
/// finishes the move.
public final class LockStorage {

  private static final String PYLOCK = "pylock.toml";
  private static final String COLLECTIONS = "collections.yml";

  private final Path directory;
  private final Path guard;

  /// @param directory `venv_specs`
  /// @param guard the file by which writers keep each other out; created, and stays
  public LockStorage(Path directory, Path guard) {
    this.directory = directory.toAbsolutePath();
    this.guard = guard;
  }

  /// @param name of the spec
  /// @return empty when there is no lock of that name
  /// @throws StateConflict when it is corrupt; names the file, the line where possible, and why
  public Optional<Lock> read(String name) {
    try {
      for (int attempt = 0; attempt < 10; attempt++) {
        if (Files.exists(fresh(name))) {
          try (var _ = ExclusiveLock.acquire(guard)) {
            finish(name);
          }
        }
        var before = identity(name);
        if (before.isEmpty()) {
          if (isAbsent(name)) {
            return Optional.empty();
          }
          continue;
        }
        var lock = content(name);
        if (before.equals(identity(name))) {
          return Optional.of(parsed(name, lock));
        }
      }
      throw new StateConflict("keeps changing", place(name).toString(), "", "try again");
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  /// Between the going of an old lock and the coming of the new one there is none to be seen; only
  /// whoever holds the guard can tell. Nobody has written where there is no guard, and nobody does
  /// where it cannot be written.
  private boolean isAbsent(String name) throws IOException {
    if (!Files.isWritable(guard)) {
      return !Files.exists(fresh(name));
    }
    try (var _ = ExclusiveLock.acquire(guard)) {
      finish(name);
      return identity(name).isEmpty();
    }
  }

  /// Stands on the disk whole when this returns. Writes nothing when the same is there already.
  public void write(String name, Lock lock) {
    write(name, lock, _ -> true);
  }

  /// The same, unless there is another lock by now than the one that was there when this one was
  /// made.
  ///
  /// @return false when nothing was written
  public boolean replace(String name, Optional<Lock> before, Lock lock) {
    return write(name, lock, before::equals);
  }

  private boolean write(String name, Lock lock, Predicate<Optional<Lock>> mayReplace) {
    var pylock = lock.pylock().getBytes(StandardCharsets.UTF_8);
    var collections =
        CollectionsDocument.write(lock.collections(), lock.roles())
            .getBytes(StandardCharsets.UTF_8);
    try (var _ = ExclusiveLock.acquire(guard)) {
      finish(name);
      var there = place(name);
      if (same(there.resolve(PYLOCK), pylock) && same(there.resolve(COLLECTIONS), collections)) {
        return true;
      }
      if (!mayReplace.test(read(name))) {
        return false;
      }
      var building = directory.resolve("." + name + ".lock." + UUID.randomUUID() + ".tmp");
      try {
        put(building, PYLOCK, pylock);
        put(building, COLLECTIONS, collections);
        DurableFile.flush(building);
        Files.move(building, fresh(name), ATOMIC_MOVE);
      } finally {
        Trees.delete(building);
      }
      finish(name);
      return true;
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  /// Equal files of several locks are one file: no writer changes a file in place.
  private void put(Path building, String name, byte[] content) throws IOException {
    Files.createDirectories(building);
    var file = building.resolve(name);
    try (var others = Files.newDirectoryStream(directory, "*.lock")) {
      for (var other : others) {
        if (same(other.resolve(name), content)) {
          Files.createLink(file, other.resolve(name));
          return;
        }
      }
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Not every file system has hard links, and none has any number of them.
      Files.deleteIfExists(file);
    }
    DurableFile.write(file, content);
  }

  /// Fine if there is none.
  public void delete(String name) {
    try (var _ = ExclusiveLock.acquire(guard)) {
      finish(name);
      retire(name);
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  private Path place(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new StateConflict("is not a name for a lock", name, "", "");
    }
    return directory.resolve(name + ".lock");
  }

  private Path fresh(String name) {
    var place = place(name);
    return place.resolveSibling("." + place.getFileName() + ".new");
  }

  private void finish(String name) throws IOException {
    var fresh = fresh(name);
    if (Files.exists(fresh)) {
      DurableFile.flush(directory);
      retire(name);
      Files.move(fresh, place(name), ATOMIC_MOVE);
      DurableFile.flush(directory);
    }
  }

  private void retire(String name) throws IOException {
    if (Files.exists(place(name))) {
      var old = directory.resolve("." + name + ".lock." + UUID.randomUUID() + ".tmp");
      Files.move(place(name), old, ATOMIC_MOVE);
      Trees.delete(old);
    }
  }

  private Optional<Object> identity(String name) throws IOException {
    try {
      var attributes = Files.readAttributes(place(name), BasicFileAttributes.class);
      return Optional.of(Objects.requireNonNull(attributes.fileKey()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Texts content(String name) throws IOException {
    return new Texts(text(name, PYLOCK), text(name, COLLECTIONS));
  }

  private Optional<String> text(String name, String file) throws IOException {
    try {
      var content = ByteBuffer.wrap(RegularFile.read(place(name).resolve(file)));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(content).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of("\0");
    }
  }

  private Lock parsed(String name, Texts texts) {
    var shown = directory.getFileName() + "/" + name + ".lock/";
    var pylock = texts.pylock.orElseThrow(() -> missing(shown + PYLOCK));
    var collections = texts.collections.orElseThrow(() -> missing(shown + COLLECTIONS));
    Pylock.parse(pylock, shown + PYLOCK);
    var artifacts = CollectionsDocument.read(collections, shown + COLLECTIONS);
    return new Lock(AnsibleCoreSeries.bounded(pylock), artifacts.collections(), artifacts.roles());
  }

  private static StateConflict missing(String file) {
    return new StateConflict("is missing", file, "a lock consists of two files", "lock again");
  }

  private static boolean same(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content);
  }

  private StateConflict unusable(String name, IOException e) {
    return new StateConflict(
        "cannot read or write the lock", place(name).toString(), e.toString(), "", e);
  }

  private record Texts(Optional<String> pylock, Optional<String> collections) {}
}
