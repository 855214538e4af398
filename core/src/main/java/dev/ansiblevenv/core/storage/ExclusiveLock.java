package dev.ansiblevenv.core.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A lock among processes and among the threads of this one. The kernel holds it, so it dies with
/// its holder. Re-entrant within a thread.
public final class ExclusiveLock implements AutoCloseable {

  /// The kernel's locks belong to the process: threads of one process need a lock of their own.
  private static final ConcurrentHashMap<Path, Held> HELD = new ConcurrentHashMap<>();

  private final Held held;

  private ExclusiveLock(Held held) {
    this.held = held;
  }

  /// Waits until the lock is ours. The file is created and stays.
  public static ExclusiveLock acquire(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var held = HELD.computeIfAbsent(file.toAbsolutePath().normalize(), Held::new);
    held.enter();
    return new ExclusiveLock(held);
  }

  @Override
  public void close() throws IOException {
    held.leave();
  }

  private static final class Held {
    private final Path file;
    private final ReentrantLock threads = new ReentrantLock();
    private @Nullable FileChannel channel;

    Held(Path file) {
      this.file = file;
    }

    void enter() throws IOException {
      threads.lock();
      if (threads.getHoldCount() == 1) {
        try {
          var opened = FileChannel.open(file, CREATE, WRITE);
          channel = opened;
          opened.lock();
        } catch (IOException | RuntimeException e) {
          threads.unlock();
          throw e;
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
