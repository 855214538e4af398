package dev.ansiblevenv.core.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.diagnostic.Cancelled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An interrupt is somebody's wish to cancel. It ends waiting, and tears no file.
@Timeout(60)
class InterruptedStorageTest {

  @TempDir Path directory;

  @AfterEach
  void calm() {
    Thread.interrupted();
  }

  @Test
  void a_file_is_written_whole_and_the_interrupt_is_kept() throws IOException {
    Thread.currentThread().interrupt();
    DurableFile.write(directory.resolve("a/file"), "content".getBytes(UTF_8));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(directory.resolve("a/file")).hasContent("content");
  }

  @Test
  void a_lock_that_is_free_is_taken() throws IOException {
    Thread.currentThread().interrupt();
    try (var _ = ExclusiveLock.acquire(directory.resolve("lock"))) {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void waiting_for_another_process_can_be_cancelled_and_keeps_no_file_open() throws Exception {
    var lock = directory.resolve("lock");
    try (var other = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = other.lock()) {
      var open = openFiles();
      cancelledWaiting(lock);
      assertThat(openFiles()).isEqualTo(open);
    }
    try (var _ = ExclusiveLock.acquire(lock)) {
      assertThat(lock).exists();
    }
  }

  @Test
  void waiting_for_another_thread_can_be_cancelled() throws Exception {
    var lock = directory.resolve("lock");
    try (var _ = ExclusiveLock.acquire(lock);
        var _ = ExclusiveLock.acquire(lock)) {
      cancelledWaiting(lock);
    }
  }

  private static void cancelledWaiting(Path lock) throws InterruptedException {
    var failure = new AtomicReference<Throwable>();
    var waiting =
        Thread.ofPlatform()
            .start(() -> {
              try (var _ = ExclusiveLock.acquire(lock)) {
                failure.set(new AssertionError("got a lock that somebody holds"));
              } catch (IOException | RuntimeException e) {
                failure.set(e);
              }
            });
    while (waiting.getState() == Thread.State.NEW || waiting.getState() == Thread.State.RUNNABLE) {
      Thread.sleep(1);
    }
    waiting.interrupt();
    waiting.join();
    assertThat(failure.get()).isInstanceOf(Cancelled.class);
  }

  /// Empty where the system does not say.
  private static long openFiles() throws IOException {
    var here = Path.of("/proc/self/fd");
    if (!Files.isDirectory(here)) {
      return 0;
    }
    try (var files = Files.list(here)) {
      return files.count();
    }
  }
}
