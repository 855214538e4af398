package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.diagnostic.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// Runs something and follows it, beside the test.
///
/// @param result or the failure that ended the following
record FollowingThread(Thread thread, CompletableFuture<RunResult> result) {

  static FollowingThread of(HostSession session, RunRequest request) {
    var result = new CompletableFuture<RunResult>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                result.complete(session.run(request, event -> {}));
              } catch (Failure e) {
                result.completeExceptionally(e);
              }
            });
    return new FollowingThread(thread, result);
  }

  /// Returns when the run has made the file, or ended.
  void await(Path reached) throws InterruptedException {
    while (!Files.exists(reached) && !result.isDone()) {
      Thread.sleep(20);
    }
  }
}
