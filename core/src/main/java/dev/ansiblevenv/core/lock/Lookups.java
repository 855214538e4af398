package dev.ansiblevenv.core.lock;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Runs look-ups at the same time, each once. To be closed; what is still under way is then given
/// up.
final class Lookups implements AutoCloseable {

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("look-up-", 0).factory());

  <K, V> MemoizedLookups<K, V> memoize(Function<K, V> lookup) {
    return new MemoizedLookups<>(threads, lookup);
  }

  /// Runs something that nobody waits for.
  void begin(Runnable action) {
    threads.execute(action);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
