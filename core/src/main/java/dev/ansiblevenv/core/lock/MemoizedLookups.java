package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.Cancelled;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/// A function of which each value is found out once, in a thread of its own. A failure is kept too,
/// and thrown to whoever asks.
final class MemoizedLookups<K, V> {

  private final ExecutorService threads;
  private final Function<K, V> lookup;
  private final ConcurrentMap<K, FutureTask<V>> found = new ConcurrentHashMap<>();

  MemoizedLookups(ExecutorService threads, Function<K, V> lookup) {
    this.threads = threads;
    this.lookup = lookup;
  }

  V get(K key) {
    try {
      return task(key).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("was cancelled", "", "", "", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private FutureTask<V> task(K key) {
    var fresh = new FutureTask<>(() -> lookup.apply(key));
    var earlier = found.putIfAbsent(key, fresh);
    if (earlier != null) {
      return earlier;
    }
    threads.execute(fresh);
    return fresh;
  }
}
