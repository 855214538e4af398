package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.Cancelled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Fetches many things on virtual threads, a bounded number of them at a time.
public final class SeveralAtOnce {

  private static final int AT_ONCE = 8;

  private SeveralAtOnce() {}

  /// @param name of the threads
  /// @return what `fetch` gave for each, in the order asked for
  /// @throws Cancelled when the waiting thread is interrupted
  /// @throws RuntimeException the first that `fetch` throws, once all have come to an end
  public static <K, V> Map<K, V> fetch(String name, Collection<K> wanted, Function<K, V> fetch) {
    var turns = new Semaphore(AT_ONCE);
    var threads = Thread.ofVirtual().name(name + "-", 0).factory();
    try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
      var tasks = new ArrayList<Callable<V>>();
      for (var each : wanted) {
        tasks.add(() -> {
          turns.acquire();
          try {
            return fetch.apply(each);
          } finally {
            turns.release();
          }
        });
      }
      var results = executor.invokeAll(tasks).iterator();
      var found = new LinkedHashMap<K, V>();
      for (var each : wanted) {
        found.put(each, results.next().get());
      }
      return found;
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
}
