package dev.ansiblevenv.core.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A lock among processes and among the threads of this one. The kernel holds it, so it dies with
/// its holder. Re-entrant within a thread.
public final class ExclusiveLock implements AutoCloseable {

  private static final long MAX_PAUSE_MILLIS = 32;

  /// The kernel's locks belong to the process: threads of one process need a lock of their own.
  /// Only those are here that somebody holds or waits for.
  private static final ConcurrentHashMap<Path, Held> HELD = new ConcurrentHashMap<>();

  private final Held held;

  private ExclusiveLock(Held held) {
    this.held = held;
  }

  /// Waits until the lock is ours. The file is created and stays. An interrupted thread gets a lock
  /// that is free, and waits for none.
  ///
  /// @throws IOException when a link or something that is no file is in its place
  /// @throws Cancelled when the thread is interrupted while it waits
  public static ExclusiveLock acquire(Path file) throws IOException {
    var path = file.toAbsolutePath().normalize();
    Files.createDirectories(path.resolveSibling("."));
    RegularFile.require(path, LinkOption.NOFOLLOW_LINKS);
    var held =
        Objects.requireNonNull(
            HELD.compute(path, (key, known) -> (known == null ? new Held(key) : known).used(1)));
    try {
      held.enter();
    } catch (IOException | RuntimeException e) {
      held.release();
      throw e;
    }
    return new ExclusiveLock(held);
  }

  @Override
  public void close() throws IOException {
    try {
      held.leave();
    } finally {
      held.release();
    }
  }

  private static final class Held {
    private final Path file;
    private final ReentrantLock threads = new ReentrantLock();
    private @Nullable FileChannel channel;
    private int users;

    Held(Path file) {
      this.file = file;
    }

    /// Called for one file by one thread at a time.
    Held used(int more) {
      users += more;
      return this;
    }

    void release() {
      HELD.computeIfPresent(file, (_, held) -> held.used(-1).users == 0 ? null : held);
    }

    void enter() throws IOException {
      try {
        if (!threads.tryLock()) {
          threads.lockInterruptibly();
        }
        if (threads.getHoldCount() == 1) {
          try {
            channel = locked();
          } catch (IOException | InterruptedException | RuntimeException e) {
            threads.unlock();
            throw e;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Cancelled(
            "was cancelled", file.toString(), "another process holds the lock", "", e);
      }
    }

    /// Tries again and again: a thread that waits in the kernel cannot be called back reliably.
    private FileChannel locked() throws IOException, InterruptedException {
      for (var pause = 1L; ; pause = Math.min(2 * pause, MAX_PAUSE_MILLIS)) {
        var opened = Uninterrupted.<@Nullable FileChannel>run(this::tried);
        if (opened != null) {
          return opened;
        }
        Thread.sleep(pause);
      }
    }

    private @Nullable FileChannel tried() throws IOException {
      var opened = FileChannel.open(file, CREATE, WRITE);
      var isOurs = false;
      try {
        isOurs = opened.tryLock() != null;
        return isOurs ? opened : null;
      } catch (OverlappingFileLockException e) {
        return null;
      } finally {
        if (!isOurs) {
          opened.close();
        }
      }
    }

    void leave() throws IOException {
      try {
        if (threads.getHoldCount() == 1 && channel != null) {
          channel.close();
        }
      } finally {
        threads.unlock();
      }
    }
  }
}
