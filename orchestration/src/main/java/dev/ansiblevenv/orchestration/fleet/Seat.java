package dev.ansiblevenv.orchestration.fleet;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A host's place among those that are worked on at once. A host that lets us wait for its answer
/// gives its place to the next, and takes one again when it has answered. For one thread.
final class Seat {

  /// A connection to the other end of the world takes less.
  private static final Duration PROMPT = Duration.ofSeconds(2);

  private final Semaphore free;
  private boolean held;

  Seat(Semaphore free) {
    this.free = free;
  }

  void take() throws InterruptedException {
    free.acquire();
    held = true;
  }

  /// Does nothing where the seat was given up already.
  void leave() {
    if (held) {
      held = false;
      free.release();
    }
  }

  /// Something that takes time.
  interface Waiting<T> {
    T get() throws InterruptedException;
  }

  /// Begins and returns with a seat; one that throws may have none.
  ///
  /// @param dropped told of an answer that came when the thread was interrupted
  <T> T whileWaiting(Waiting<T> answer, Consumer<T> dropped) throws InterruptedException {
    if (!held) {
      take();
    }
    var decided = new AtomicBoolean();
    var patience =
        Thread.ofVirtual()
            .name("patience")
            .start(() -> {
              if (slept() && decided.compareAndSet(false, true)) {
                free.release();
              }
            });
    T value;
    try {
      value = answer.get();
    } finally {
      patience.interrupt();
      if (!decided.compareAndSet(false, true)) {
        held = false;
      }
    }
    if (!held) {
      try {
        take();
      } catch (InterruptedException e) {
        dropped.accept(value);
        throw e;
      }
    }
    return value;
  }

  private static boolean slept() {
    try {
      Thread.sleep(PROMPT);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
