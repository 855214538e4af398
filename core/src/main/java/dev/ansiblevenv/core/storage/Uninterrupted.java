package dev.ansiblevenv.core.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/// Work on files that an interrupt must not tear: a channel that is used by an interrupted thread
/// is closed, and the failure looks like the disk's. The interrupt is kept for whoever waits next.
final class Uninterrupted {

  private Uninterrupted() {}

  /// Something that may be begun again.
  interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }

  static <T extends @Nullable Object> T run(Work<T> work) throws IOException {
    var interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
