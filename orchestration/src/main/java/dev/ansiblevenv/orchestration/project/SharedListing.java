package dev.ansiblevenv.orchestration.project;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the hosts of one operation share: the project is listed once for all of them. Thread safe.
public final class SharedListing {

  private @Nullable CompletableFuture<ProjectWalk> walk;
  private @Nullable ProjectListing listing;

  synchronized void begin(Supplier<ProjectWalk> work) {
    walk =
        CompletableFuture.supplyAsync(
            work, task -> Thread.ofPlatform().daemon().name("project listing").start(task));
  }

  synchronized ProjectListing get(
      Supplier<ProjectWalk> work, Function<ProjectWalk, ProjectListing> complete) {
    var known = listing;
    if (known == null) {
      var begun = walk;
      known = complete.apply(begun == null ? work.get() : joined(begun));
      listing = known;
    }
    return known;
  }

  private static ProjectWalk joined(CompletableFuture<ProjectWalk> walk) {
    try {
      return walk.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
